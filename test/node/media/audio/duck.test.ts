import { expect, test } from 'vitest';
import { applyCurve, duckGains, duckUnder } from '#lib/media/audio/duck.ts';

const db = (gain: number) => 20 * Math.log10(gain);
/** Two seconds of nothing, three of speech, five of nothing, in steps of 0.1 s. */
const activity = Array.from({ length: 100 }, (_, index) => (index >= 20 && index < 50 ? 1 : 0));
const gains = duckGains(activity, 0.1, 10);

test('without activity or depth the music stays', () => {
  expect(new Set(duckGains([0, 0, 0], 0.1, 10))).toEqual(new Set([1]));
  expect(new Set(duckGains([1, 1, 1], 0.1, 0))).toEqual(new Set([1]));
  expect(duckGains([], 0.1, 10)).toHaveLength(1);
});

test('the music is lowered soon after the speech begins and not before', () => {
  expect(gains[19]).toBe(1);
  expect(db(gains[22]!)).toBeLessThan(-8.5);
  expect(db(gains[40]!)).toBeCloseTo(-10, 1);
});

test('it holds for a moment and comes back within two seconds', () => {
  expect(db(gains[52]!)).toBeCloseTo(-10, 1);
  expect(db(gains[59]!)).toBeGreaterThan(-6);
  expect(db(gains[72]!)).toBeGreaterThan(-1);
});

test('a pause between words does not bring it back', () => {
  const words = activity.map((value, index) => (index === 30 || index === 31 ? 0 : value));
  expect(duckGains(words, 0.1, 10)).toEqual(gains);
});

test('a curve is drawn as straight lines between its entries and holds at the end', () => {
  const left = new Float32Array(10).fill(1);
  const right = new Float32Array(10).fill(2);
  applyCurve(left, right, 2, Float32Array.of(1, 0, 0.5), 4);
  expect([...left]).toEqual([0.5, 0.25, 0, 0.125, 0.25, 0.375, 0.5, 0.5, 0.5, 0.5]);
  expect(right[0]).toBe(1);
});

test('music is ducked under the louder of several sounds, as far as they are audible', () => {
  const speech = { activity: [0, 1, 0, 0], stepSeconds: 0.1 };
  const voice = { activity: [0, 0, 0, 0.5, 1], stepSeconds: 0.1 };
  const both = duckUnder({ voice, original: speech }, { voice: 1, original: 1 }, 10);
  expect(both).toEqual({ curve: duckGains([0, 1, 0, 0.5, 1], 0.1, 10), stepSeconds: 0.1 });
  const alone = duckUnder({ voice, original: speech }, { voice: 0, original: 1 }, 10);
  expect(alone.curve).toEqual(duckGains(speech.activity, 0.1, 10));
  expect(duckUnder({ voice, original: null }, { voice: 0, original: 1 }, 10).curve).toHaveLength(0);
  expect(duckUnder({ voice, original: speech }, { voice: 1, original: 1 }, 0).curve).toHaveLength(0);
  const coarse = { activity: [1], stepSeconds: 1 };
  expect(() => duckUnder({ voice, original: coarse }, { voice: 1, original: 1 }, 10)).toThrow(TypeError);
});
