import { expect, test } from 'vitest';
import { WaveformPeaks } from '#lib/media/audio/waveform-peaks.ts';
import { noise, pieces } from './signals.ts';

test.for([
  [60, 1200],
  [1, 200],
  [3600, 4000],
] as const)('%i seconds have %i stretches', ([seconds, stretches]) => {
  expect(new WaveformPeaks(seconds * 48_000, 48_000).bytes).toHaveLength(stretches);
});

test('a section has the peak of the louder channel, clipped at 255', () => {
  const peaks = new WaveformPeaks(48_000, 48_000);
  const left = new Float32Array(48_000);
  const right = new Float32Array(48_000);
  left[0] = 0.2;
  right[1] = -0.5;
  left[47_999] = 3;
  peaks.add(left, right);
  expect([peaks.bytes[0], peaks.bytes[1], peaks.bytes[199]]).toEqual([128, 0, 255]);
});

test('the size of the pieces makes no difference, also with a length that does not divide evenly', () => {
  const signal = noise(0.8, 50_021);
  const whole = new WaveformPeaks(50_021, 48_000);
  whole.add(signal, signal);
  const parts = new WaveformPeaks(50_021, 48_000);
  for (const piece of pieces(signal)) parts.add(piece, piece);
  expect(parts.bytes).toEqual(whole.bytes);
  expect(whole.bytes.every((byte) => byte > 150)).toBe(true);
});

test('with fewer samples than sections there is one section per sample', () => {
  const peaks = new WaveformPeaks(3, 48_000);
  peaks.add(Float32Array.of(1, 0, 0.5), new Float32Array(3));
  expect([...peaks.bytes]).toEqual([255, 0, 128]);
});
