import { largestMagnitude } from './largest-magnitude.ts';
import { windowedSinc } from './windowed-sinc.ts';

const TAPS = 24;
const QUARTER = windowedSinc(TAPS, 0.25, 1, 6);
const HALF = windowedSinc(TAPS, 0.5, 1, 6);
const EVEN = QUARTER.map((weight, index) => (weight + QUARTER[TAPS - 1 - index]!) / 2);
const ODD = QUARTER.map((weight, index) => (weight - QUARTER[TAPS - 1 - index]!) / 2);

/** Number of samples that are needed before the first measured one. */
export const TRUE_PEAK_BEFORE = TAPS / 2 - 1;

/** Number of samples that are needed after the last measured one. */
export const TRUE_PEAK_AFTER = TAPS / 2;

/** Upper limit of the wave between samples, as a multiple of the largest sample around it. */
const LARGEST_OVERSHOOT = HALF.reduce((sum, weight) => sum + Math.abs(weight), 0);

/**
 * The largest magnitude of the continuous wave from sample `from` to just before sample `to`, by four-fold
 * oversampling with 24 taps per phase (ITU-R BS.1770-4, Annex 2 requires 12).
 * Where the wave can't reach `floor` only the samples are compared, which saves most of the work.
 */
export function truePeak(samples: Float32Array, from: number, to: number, floor: number): number {
  const largest = largestMagnitude(samples, from, to);
  const before = largestMagnitude(samples, from - TRUE_PEAK_BEFORE, from);
  const behind = largestMagnitude(samples, to, to + TRUE_PEAK_AFTER);
  const around = Math.max(before, largest, behind);
  if (around * LARGEST_OVERSHOOT <= floor) return largest;
  return Math.max(largest, peakBetween(samples, from, to));
}

/** The filters for a quarter and three quarters of a sample mirror each other, so both share sums and differences. */
function peakBetween(samples: Float32Array, from: number, to: number): number {
  let largest = 0;
  for (let index = from; index < to; index++) {
    let even = 0;
    let odd = 0;
    let middle = 0;
    for (let k = 0, before = index - TRUE_PEAK_BEFORE, behind = index + TRUE_PEAK_AFTER; before < behind;) {
      const a = samples[before++]!;
      const b = samples[behind--]!;
      const sum = a + b;
      even += sum * EVEN[k]!;
      odd += (a - b) * ODD[k]!;
      middle += sum * HALF[k]!;
      k++;
    }
    const first = Math.abs(even + odd);
    const last = Math.abs(even - odd);
    middle = Math.abs(middle);
    if (first > largest) largest = first;
    if (middle > largest) largest = middle;
    if (last > largest) largest = last;
  }
  return largest;
}
