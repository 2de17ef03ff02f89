import { dbOfGain } from './decibels.ts';
import { TRUE_PEAK_AFTER, TRUE_PEAK_BEFORE, truePeak } from './true-peak.ts';

const BLOCK = 4096;
const STEP = 32;
const MARGIN = TRUE_PEAK_BEFORE + TRUE_PEAK_AFTER;

/** Measures the true peak (ITU-R BS.1770-4, Annex 2) of sound in pieces of any length. */
export class TruePeakMeter {
  /** Per channel: measured samples that the filter still needs, samples that need the following ones, then new ones. */
  #channels: Float32Array[];
  #filled = TRUE_PEAK_BEFORE;
  #largest = 0;

  constructor(channels = 2) {
    this.#channels = Array.from({ length: channels }, () => new Float32Array(BLOCK + MARGIN));
  }

  /** Adds the frames [start … end) of each channel. */
  add(channels: readonly Float32Array[], start = 0, end = channels[0]!.length): void {
    for (let from = start; from < end;) {
      const to = Math.min(end, from + BLOCK + MARGIN - this.#filled);
      for (const [index, kept] of this.#channels.entries()) {
        kept.set(channels[index]!.subarray(from, to), this.#filled);
      }
      this.#filled += to - from;
      from = to;
      if (this.#filled === BLOCK + MARGIN) this.#measure();
    }
  }

  /** The true peak so far, 1 at full scale. */
  get truePeak(): number {
    let largest = this.#largest;
    for (const kept of this.#channels) {
      const rest = new Float32Array(this.#filled + TRUE_PEAK_AFTER);
      rest.set(kept.subarray(0, this.#filled));
      largest = Math.max(largest, peakOf(rest, this.#filled, largest));
    }
    return largest;
  }

  /** The true peak so far in dBTP; null for digital silence. */
  get truePeakDb(): number | null {
    const peak = this.truePeak;
    return peak === 0 ? null : dbOfGain(peak);
  }

  #measure(): void {
    for (const kept of this.#channels) {
      this.#largest = Math.max(this.#largest, peakOf(kept, BLOCK + TRUE_PEAK_BEFORE, this.#largest));
      kept.copyWithin(0, BLOCK);
    }
    this.#filled = MARGIN;
  }
}

function peakOf(samples: Float32Array, end: number, known: number): number {
  let largest = known;
  for (let from = TRUE_PEAK_BEFORE; from < end; from += STEP) {
    const peak = truePeak(samples, from, Math.min(end, from + STEP), largest);
    if (peak > largest) largest = peak;
  }
  return largest;
}
