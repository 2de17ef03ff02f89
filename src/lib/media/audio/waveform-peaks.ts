import { largestMagnitude } from './largest-magnitude.ts';

const PER_SECOND = 20;
const FEWEST = 200;
const MOST = 4000;

/**
 * Computes the peaks for drawing a waveform: one byte (0 … 255) per interval, about 20 intervals per second, 200 to
 * 4000 in total, of equal length.
 */
export class WaveformPeaks {
  #bytes: Uint8Array;
  #samples: number;
  #position = 0;
  #stretch = 0;
  #largest = 0;

  /** @param samples Number of samples per channel in total. */
  constructor(samples: number, sampleRate: number) {
    const wanted = Math.round((samples / sampleRate) * PER_SECOND);
    this.#samples = samples;
    this.#bytes = new Uint8Array(Math.min(samples, MOST, Math.max(FEWEST, wanted)));
  }

  /** Adds the frames [start … end) of both channels. */
  add(left: Float32Array, right: Float32Array, start = 0, end = left.length): void {
    for (let from = start; from < end && this.#stretch < this.#bytes.length;) {
      const to = Math.min(end, from + this.#stretchEnd() - this.#position);
      this.#largest = Math.max(
        this.#largest,
        largestMagnitude(left, from, to),
        largestMagnitude(right, from, to),
      );
      this.#position += to - from;
      from = to;
      if (this.#position === this.#stretchEnd()) {
        this.#bytes[this.#stretch++] = Math.round(Math.min(1, this.#largest) * 255);
        this.#largest = 0;
      }
    }
  }

  /** The peaks; intervals that were not added yet are 0. */
  get bytes(): Uint8Array {
    return this.#bytes;
  }

  #stretchEnd(): number {
    return Math.floor(((this.#stretch + 1) * this.#samples) / this.#bytes.length);
  }
}
