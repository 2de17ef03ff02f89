import { expect, test } from 'vitest';
import { LoudnessMeter } from '#lib/media/audio/loudness-meter.ts';
import { joined, pieces, sine } from './signals.ts';

function loudnessOf(samples: Float32Array, sampleRate = 48_000, channels = 2): number | null {
  const meter = new LoudnessMeter(sampleRate, channels);
  meter.add(Array.from({ length: channels }, () => samples));
  return meter.loudnessLufs;
}

test.for([8000, 22_050, 44_100, 48_000, 96_000])(
  'a 997 Hz sine at -23 dBFS in both channels measures -23.0 LUFS at %i Hz',
  (sampleRate) => {
    expect(loudnessOf(sine(997, -23, 5, sampleRate), sampleRate)).toBeCloseTo(-23, 1);
  },
);

test('one channel alone measures 3 LU less', () => {
  expect(loudnessOf(sine(997, 0, 5), 48_000, 1)).toBeCloseTo(-3.01, 1);
});

test('quieter parts are below the relative gate (EBU Tech 3341, case 3)', () => {
  const signal = joined(sine(1000, -36, 10), sine(1000, -23, 60), sine(1000, -36, 10));
  expect(loudnessOf(signal)).toBeCloseTo(-23, 1);
});

test('near silence is below the absolute gate (EBU Tech 3341, case 4)', () => {
  const quiet = joined(sine(1000, -72, 10), sine(1000, -36, 10));
  const signal = joined(quiet, sine(1000, -23, 60), sine(1000, -36, 10), sine(1000, -72, 10));
  expect(loudnessOf(signal)).toBeCloseTo(-23, 1);
});

test('50 Hz is weighted down and 5 kHz up', () => {
  expect(loudnessOf(sine(50, -23, 5))!).toBeLessThan(-25);
  expect(loudnessOf(sine(5000, -23, 5))!).toBeGreaterThan(-20.5);
});

test('silence has no loudness, and neither has an empty sound', () => {
  expect(loudnessOf(new Float32Array(48_000))).toBeNull();
  expect(loudnessOf(new Float32Array(0))).toBeNull();
  expect(loudnessOf(sine(1000, -75, 3))).toBeNull();
});

test('sound shorter than a block of 400 ms is measured as one block', () => {
  expect(loudnessOf(sine(997, -23, 0.25))).toBeCloseTo(-23, 0);
  expect(loudnessOf(sine(997, -23, 0.03))).toBeCloseTo(-23, 0);
});

test('the size of the pieces makes no difference', () => {
  const signal = joined(sine(300, -20, 1.234), sine(3000, -30, 1.5));
  const meter = new LoudnessMeter(48_000);
  for (const piece of pieces(signal)) meter.add([piece, piece]);
  expect(meter.loudnessLufs).toBeCloseTo(loudnessOf(signal)!, 9);
});
