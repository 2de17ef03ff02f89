import { DelayLine } from './delay-line.ts';
import { sine } from './maths.ts';
import { SAMPLE_RATE } from './sample-rate.ts';

/** A stereo chorus: three delays of 9, 12.7 and 16.4 ms per channel, each with an LFO of its own rate and phase. */
export class Chorus {
  readonly #left = new DelayLine(2048);
  readonly #right = new DelayLine(2048);
  #seconds = 0;

  readonly #depth: number;
  readonly #ratePerSecond: number;

  /** @param depth Depth of the modulation, 0 … 1 (± 2.6 ms). @param ratePerSecond LFO rate, about 0.2 … 1. */
  constructor(depth: number, ratePerSecond: number) {
    this.#depth = depth;
    this.#ratePerSecond = ratePerSecond;
  }

  /** In place: adds the delayed copies at level `wet` (linear) to the dry signal. */
  process(left: Float32Array, right: Float32Array, wet: number, frames = left.length): void {
    this.#left.write(left, 0, frames);
    this.#right.write(right, 0, frames);
    const after = this.#seconds + frames / SAMPLE_RATE;
    for (let voice = 0; voice < 3; voice++) {
      const rate = this.#ratePerSecond * (1 + 0.27 * voice);
      const from = this.#delay(voice, rate, this.#seconds, frames);
      const to = this.#delay(voice, rate, after, frames);
      const fromOther = this.#delay(voice + 0.5, rate, this.#seconds, frames);
      const toOther = this.#delay(voice + 0.5, rate, after, frames);
      this.#left.addTo(left, from, wet * 0.5, 0, frames, to);
      this.#right.addTo(right, fromOther, wet * 0.5, 0, frames, toOther);
    }
    this.#seconds = after;
  }

  #delay(voice: number, rate: number, seconds: number, frames: number): number {
    const milliseconds = 9 + 3.7 * voice + 2.6 * this.#depth * sine(seconds * rate + voice * 0.37);
    return milliseconds * 48 + frames;
  }
}
