import { powerSpectrum } from './spectrum.ts';

/** Centres of the bands of `bandLevels`, Hz. */
export const BAND_HERTZ = [63, 125, 250, 500, 1000, 2000, 4000, 8000, 14_000];

/** Mean level in octave bands, decibels against the sum of all. Input: mono at 48 kHz. */
export function bandLevels(mono: Float32Array): number[] {
  const size = 4096;
  const sums = BAND_HERTZ.map(() => 1e-12);
  for (let start = 0; start + size <= mono.length; start += size) {
    powerSpectrum(mono, start, size).forEach((power, k) => {
      const hertz = (k * 48_000) / size;
      const band = BAND_HERTZ.findIndex((centre) => hertz >= centre / 1.414 && hertz < centre * 1.414);
      if (band >= 0) sums[band] = sums[band]! + power;
    });
  }
  const total = sums.reduce((a, b) => a + b);
  return sums.map((sum) => 10 * Math.log10(sum / total));
}
