import { expect, test } from 'vitest';
import { gainOfDb } from '#lib/media/audio/decibels.ts';
import { LimitedLoudness } from '#lib/media/audio/limited-loudness.ts';
import { Limiter } from '#lib/media/audio/limiter.ts';
import { LoudnessMeter } from '#lib/media/audio/loudness-meter.ts';
import { noise, pieces, sine } from './signals.ts';

const CEILING = gainOfDb(-1.2);
const FRAMES = 10 * 48_000;

/** A drum twice a second over faint noise. */
const drums = noise(0.02, FRAMES).map((sample, index) => {
  const seconds = (index % 24_000) / 48_000;
  return sample + 0.9 * Math.exp(-seconds * 30) * Math.sin(2 * Math.PI * 180 * seconds);
});

function forecastOf(samples: Float32Array): LimitedLoudness {
  const forecast = new LimitedLoudness(CEILING, 48_000, samples.length);
  for (const piece of pieces(samples)) forecast.add(piece, piece);
  return forecast;
}

/** The loudness of the real output. */
function measured(samples: Float32Array, gainDb: number): number | null {
  const limiter = new Limiter(CEILING, 48_000);
  const meter = new LoudnessMeter(48_000);
  const first = limiter.push(samples, samples, gainOfDb(gainDb));
  meter.add([first.left, first.right]);
  const rest = limiter.finish();
  meter.add([rest.left, rest.right]);
  return meter.loudnessLufs;
}

test.for([-20, 0, 6, 12, 18])('after %i dB of gain it is as loud as predicted', (gainDb) => {
  expect(Math.abs(forecastOf(drums).loudnessAt(gainDb)! - measured(drums, gainDb)!)).toBeLessThan(0.2);
});

test.for([-23, -16, -10])('the calculated gain gives %i LUFS', (lufs) => {
  const gain = forecastOf(drums).gainFor(lufs, 30);
  expect(Math.abs(measured(drums, gain)! - lufs)).toBeLessThan(0.25);
});

test('sound that needs no limiter needs no search', () => {
  expect(forecastOf(sine(997, -30, 10)).gainFor(-20, 30)).toBe(10);
});

test('the gain has a maximum, and silence needs none', () => {
  expect(forecastOf(sine(997, -65, 10)).gainFor(-14, 30)).toBe(30);
  expect(forecastOf(new Float32Array(FRAMES)).gainFor(-14, 30)).toBe(0);
  expect(forecastOf(new Float32Array(0)).gainFor(-14, 30)).toBe(0);
});

test('sound shorter than a block of the standard counts as one', () => {
  expect(forecastOf(sine(997, -20, 0.1)).loudnessAt(0)).toBeCloseTo(-20, 0);
});
