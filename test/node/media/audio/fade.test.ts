import { expect, test } from 'vitest';
import { applyFades, fadeFrames } from '#lib/media/audio/fade.ts';
import { joined } from './signals.ts';

test('fades that would meet are shortened alike', () => {
  expect(fadeFrames(0.5, 1, 48_000, 48_000)).toEqual({ inFrames: 16_000, outFrames: 32_000 });
  expect(fadeFrames(0, 0.5, 96_000, 48_000)).toEqual({ inFrames: 0, outFrames: 24_000 });
});

test('sound fades in, stays, and fades out, in pieces as in one', () => {
  const fades = { inFrames: 100, outFrames: 200 };
  const whole = new Float32Array(1000).fill(1);
  applyFades(whole, whole.slice(), 0, 1000, fades);
  const parts = [0, 50, 90, 700, 950].map((start, index, starts) => {
    const part = new Float32Array((starts[index + 1] ?? 1000) - start).fill(1);
    applyFades(part, part.slice(), start, 1000, fades);
    return part;
  });
  expect(joined(...parts)).toEqual(whole);
  expect(whole[0]).toBeLessThan(0.001);
  expect(whole[49]).toBeCloseTo(0.5, 1);
  expect([whole[100], whole[799]]).toEqual([1, 1]);
  expect(whole[999]).toBeLessThan(0.001);
});

test('without fades nothing changes', () => {
  const samples = new Float32Array(10).fill(1);
  applyFades(samples, samples.slice(), 0, 10, { inFrames: 0, outFrames: 0 });
  expect([...samples]).toEqual(new Array(10).fill(1));
});
