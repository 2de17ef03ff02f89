import { expect, test } from 'vitest';
import { Resampler } from '#lib/media/audio/resampler.ts';
import { joined, largestDifference, noise, pieces, sine } from './signals.ts';

function resample(samples: Float32Array, from: number, to = 48_000): Float32Array {
  const resampler = new Resampler(from, to);
  return joined(resampler.push(samples, samples).left, resampler.finish().left);
}

test.for([
  [44_100, 1000],
  [44_100, 10_000],
  [22_050, 3000],
  [16_000, 440],
  [8000, 1000],
  [96_000, 10_000],
  [47_999, 1000],
] as const)('a sine at %i Hz stays in place: %i Hz', ([rate, hertz]) => {
  const out = resample(sine(hertz, -6, 1, rate), rate);
  const wanted = sine(hertz, -6, 1);
  expect(out).toHaveLength(48_000);
  expect(largestDifference(out.subarray(2000, -2000), wanted.subarray(2000, -2000))).toBeLessThan(0.001);
});

test.for([0, 1, 100, 44_101, 100_003])('%i frames at 44.1 kHz give the exact length', (frames) => {
  expect(resample(noise(0.5, frames), 44_100)).toHaveLength(Math.round((frames * 48_000) / 44_100));
});

test('frequencies above the lower rate’s limit are removed, not aliased', () => {
  const out = resample(sine(30_000, -6, 0.5, 96_000), 96_000).subarray(500, -500);
  expect(Math.max(...out.map(Math.abs))).toBeLessThan(0.001);
});

test('the size of the pieces makes no difference', () => {
  const signal = noise(0.5, 44_100);
  const resampler = new Resampler(44_100, 48_000);
  const out = Array.from(pieces(signal), (piece) => resampler.push(piece, piece).left);
  expect(largestDifference(joined(...out, resampler.finish().left), resample(signal, 44_100))).toBe(0);
});

test('an invalid rate is refused', () => {
  expect(() => new Resampler(0, 48_000)).toThrow(TypeError);
  expect(() => new Resampler(44_100.5, 48_000)).toThrow('whole numbers');
});
