import { describe, expect, test } from 'vitest';
import { dbOfGain, gainOfDb } from '#lib/media/audio/decibels.ts';
import { Limiter } from '#lib/media/audio/limiter.ts';
import { TruePeakMeter } from '#lib/media/audio/true-peak-meter.ts';
import { joined, largestDifference, noise, pieces, sine } from './signals.ts';

const CEILING = gainOfDb(-1.2);

function limit(samples: Float32Array, gain = 1): Float32Array {
  const limiter = new Limiter(CEILING, 48_000);
  const out = [limiter.push(samples, samples, gain).left, limiter.finish().left];
  return joined(...out);
}

function truePeak(samples: Float32Array): number {
  const meter = new TruePeakMeter(1);
  meter.add([samples]);
  return meter.truePeakDb!;
}

test('sound below the ceiling is unchanged, with the same length and timing', () => {
  const quiet = noise(0.3, 12_345);
  expect(largestDifference(limit(quiet), quiet)).toBe(0);
});

test.for([0, 1, 31, 32, 300, 5000])('%i frames in are %i frames out', (frames) => {
  expect(limit(noise(2, frames))).toHaveLength(frames);
});

describe.for([
  ['a sine 12 dB too loud', sine(110, 12, 1)],
  ['noise 9 dB too loud', noise(2.8, 48_000)],
  ['one click', joined(new Float32Array(5000), Float32Array.of(3), new Float32Array(5000))],
  ['a crest between samples', sine(12_000, 4, 0.5, 48_000, Math.PI / 4)],
  ['a burst in quiet', joined(noise(0.1, 20_000), noise(4, 3000), noise(0.1, 20_000))],
  ['a peak in the last frame', joined(new Float32Array(100), Float32Array.of(4))],
] as const)('%s', ([, samples]) => {
  test('stays at or below -1.1 dBTP', () => {
    expect(truePeak(limit(samples))).toBeLessThanOrEqual(-1.1);
  });
});

test('the gain recovers within a second after a burst', () => {
  const after = noise(0.3, 96_000);
  const out = limit(joined(noise(4, 2400), after)).subarray(2400);
  expect(largestDifference(out.subarray(48_000), after.subarray(48_000))).toBeLessThan(0.003);
});

test('the gain never jumps: a loud steady sine keeps its shape', () => {
  const out = limit(sine(997, 6, 1)).subarray(24_000);
  const wanted = sine(997, 6, 1).subarray(24_000);
  const ratio = Math.max(...out) / Math.max(...wanted);
  expect(
    largestDifference(
      out,
      wanted.map((sample) => sample * ratio),
    ),
  ).toBeLessThan(0.005);
  expect(dbOfGain(Math.max(...out))).toBeGreaterThan(-1.4);
});

test('both channels get the same gain, and the input gain is applied', () => {
  const limiter = new Limiter(CEILING, 48_000);
  const loud = sine(200, 0, 0.5);
  const soft = loud.map((sample) => sample / 10);
  const first = limiter.push(loud, soft, 2);
  const rest = limiter.finish();
  const left = joined(first.left, rest.left);
  const right = joined(first.right, rest.right);
  expect(
    largestDifference(
      left.map((sample) => sample / 10),
      right,
    ),
  ).toBeLessThan(1e-6);
  expect(Math.max(...left)).toBeGreaterThan(0.85);
});

test('the size of the pieces makes no difference', () => {
  const signal = joined(noise(0.5, 20_000), noise(2, 5000), noise(0.2, 20_000));
  const limiter = new Limiter(CEILING, 48_000);
  const out = Array.from(pieces(signal), (piece) => limiter.push(piece, piece).left);
  expect(largestDifference(joined(...out, limiter.finish().left), limit(signal))).toBe(0);
});
