import { expect, test } from 'vitest';
import { applyFades } from '#lib/media/audio/fade.ts';
import { TruePeakMeter } from '#lib/media/audio/true-peak-meter.ts';
import { joined, noise, pieces, sine } from './signals.ts';

function truePeakOf(left: Float32Array, right = left): number | null {
  const meter = new TruePeakMeter();
  meter.add([left, right]);
  return meter.truePeakDb;
}

// A quarter of the sample rate at 45°: every sample is 3 dB below the crest of the wave (EBU Tech 3341, case 16).
const between = sine(12_000, -6, 0.2, 48_000, Math.PI / 4);

test('a crest between the samples is found', () => {
  expect(Math.max(...between)).toBeCloseTo(0.354, 3);
  expect(Math.abs(truePeakOf(between)! + 6)).toBeLessThan(0.2);
});

// Faded at both ends: cut off sharply, the band-limited wave itself overshoots.
test.for([997, 5000, 10_007, 15_000, 18_000])('a sine of %i Hz at -3 dBFS peaks at -3 dBTP', (hertz) => {
  const tone = sine(hertz, -3, 0.5);
  applyFades(tone, tone.slice(), 0, tone.length, { inFrames: 4800, outFrames: 4800 });
  expect(Math.abs(truePeakOf(tone)! + 3)).toBeLessThan(0.2);
});

test('the louder channel counts', () => {
  expect(truePeakOf(new Float32Array(9600), between)).toBe(truePeakOf(between));
});

test('a peak in the very last sample counts', () => {
  expect(truePeakOf(Float32Array.of(0, 0, 0.5))).toBeCloseTo(-6.02, 1);
});

test('digital silence has no peak', () => {
  expect(truePeakOf(new Float32Array(9600))).toBeNull();
});

test('the size of the pieces makes no difference', () => {
  const signal = joined(noise(0.1, 30_000), noise(0.9, 500), noise(0.2, 9000));
  const meter = new TruePeakMeter();
  for (const piece of pieces(signal)) meter.add([piece, piece]);
  expect(meter.truePeakDb).toBeCloseTo(truePeakOf(signal)!, 9);
});
