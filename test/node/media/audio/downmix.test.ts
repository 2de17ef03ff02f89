import { expect, test } from 'vitest';
import { downmix } from '#lib/media/audio/downmix.ts';

const one = Float32Array.of(1);
const none = Float32Array.of(0);
/** What a signal in one of `count` channels becomes. */
function heard(channel: number, count: number): [number, number] {
  const { left, right } = downmix(
    Array.from({ length: count }, (_, index) => (index === channel ? one : none)),
  );
  return [Math.round(left[0]! * 1000) / 1000, Math.round(right[0]! * 1000) / 1000];
}

test('mono goes to both sides at full level', () => {
  expect(heard(0, 1)).toEqual([1, 1]);
});

test('stereo is unchanged', () => {
  expect([heard(0, 2), heard(1, 2)]).toEqual([
    [1, 0],
    [0, 1],
  ]);
});

test('in 5.1 centre and surrounds are 3 dB lower, and low frequency effects are left out', () => {
  const heardOf = [0, 1, 2, 3, 4, 5].map((channel) => heard(channel, 6));
  expect(heardOf).toEqual([
    [1, 0],
    [0, 1],
    [0.707, 0.707],
    [0, 0],
    [0.707, 0],
    [0, 0.707],
  ]);
});

test('7.1 has backs and sides', () => {
  expect([4, 5, 6, 7].map((channel) => heard(channel, 8))).toEqual([
    [0.707, 0],
    [0, 0.707],
    [0.707, 0],
    [0, 0.707],
  ]);
});

test('of unknown numbers of channels the first two are used', () => {
  expect([heard(0, 12), heard(1, 12), heard(2, 12)]).toEqual([
    [1, 0],
    [0, 1],
    [0, 0],
  ]);
});

test('no channel at all is an error', () => {
  expect(() => downmix([])).toThrow(TypeError);
});
