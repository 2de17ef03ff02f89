import { largestMagnitude } from './largest-magnitude.ts';
import { windowedSinc } from './windowed-sinc.ts';

const TAPS = 24;
const QUARTER = windowedSinc(TAPS, 0.25, 1, 6);
const HALF = windowedSinc(TAPS, 0.5, 1, 6);
const EVEN = QUARTER.map((weight, index) => (weight + QUARTER[TAPS - 1 - index]!) / 2);
const ODD = QUARTER.map((weight, index) => (weight - QUARTER[TAPS - 1 - index]!) / 2);

/** Samples needed before the first one measured. */
export const TRUE_PEAK_BEFORE = TAPS / 2 - 1;

/** Samples needed after the last one measured. */
export const TRUE_PEAK_AFTER = TAPS / 2;

/** Upper bound of an interpolated value relative to the largest sample around it. */
const LARGEST_OVERSHOOT = HALF.reduce((sum, weight) => sum + Math.abs(weight), 0);

/**
 * The true peak of the samples [from … to): the largest magnitude after fourfold oversampling with 24 taps per phase
 * (ITU-R BS.1770-4, Annex 2 has 12). If it can't exceed `floor`, the sample peak is returned, which saves most of the
 * work.
 */
export function truePeak(samples: Float32Array, from: number, to: number, floor: number): number {
  const largest = largestMagnitude(samples, from, to);
  const before = largestMagnitude(samples, from - TRUE_PEAK_BEFORE, from);
  const behind = largestMagnitude(samples, to, to + TRUE_PEAK_AFTER);
  const around = Math.max(before, largest, behind);
  if (around * LARGEST_OVERSHOOT <= floor) return largest;
  return Math.max(largest, peakBetween(samples, from, to));
}

/** The filters of the phases 1/4 and 3/4 are mirror images, so their even and odd parts are computed once for both. */
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
