import { expect, test } from 'vitest';
import { ForegroundMeter } from '#lib/media/audio/foreground.ts';
import { joined, noise, pieces, sine } from './signals.ts';

function activityOf(samples: Float32Array): number[] {
  const meter = new ForegroundMeter(48_000);
  meter.add(samples, samples);
  return meter.activity();
}

/** A tone in the band of speech that comes and goes like syllables. */
function speech(seconds: number, level = -15): Float32Array {
  return sine(700, level, seconds).map(
    (sample, index) => sample * (0.3 + 0.7 * Math.abs(Math.sin(index / 9000))),
  );
}

test('steady noise is background, however loud it is it is', () => {
  expect(Math.max(...activityOf(noise(0.5, 480_000)))).toBe(0);
});

test('speech over faint noise is found where it is', () => {
  const signal = joined(noise(0.002, 96_000), speech(2), noise(0.002, 96_000)).map(
    (sample, index) => sample + (index % 7) * 1e-5,
  );
  const activity = activityOf(signal);
  expect(activity).toHaveLength(60);
  expect(Math.max(...activity.slice(0, 19))).toBe(0);
  expect(Math.min(...activity.slice(21, 39))).toBeGreaterThan(0.8);
  expect(Math.max(...activity.slice(42))).toBe(0);
});

test('rumble below the band of speech is no foreground', () => {
  const activity = activityOf(joined(new Float32Array(96_000), sine(40, -6, 2), new Float32Array(96_000)));
  expect(Math.max(...activity.slice(22, 38))).toBeLessThan(0.2);
});

test('faint sound is no foreground even in silence', () => {
  const activity = activityOf(joined(new Float32Array(96_000), speech(2, -62), new Float32Array(96_000)));
  expect(Math.max(...activity)).toBe(0);
});

test('the size of the pieces makes no difference, and a last incomplete step counts', () => {
  const signal = joined(noise(0.01, 30_000), speech(1), noise(0.01, 7777));
  const meter = new ForegroundMeter(48_000);
  for (const piece of pieces(signal)) meter.add(piece, piece);
  const activity = meter.activity();
  expect(activity).toEqual(activityOf(signal));
  expect(activity).toHaveLength(Math.ceil(signal.length / 4800));
});

test('nothing has no activity', () => {
  expect(activityOf(new Float32Array(0))).toEqual([]);
});
