import { decayPerFrame } from './maths.ts';

const STEP = 64;
const AHEAD_STEPS = 5;

/**
 * Keeps every sample of a stereo stream within a ceiling. It looks 5 steps of 64 frames ahead and draws the gain
 * as straight lines between steps, so it neither clicks nor overshoots. The stream comes out
 * `PeakLimiter.latencyFrames` later.
 */
export class PeakLimiter {
  /** Frames by which the output is late. */
  static readonly latencyFrames = STEP * AHEAD_STEPS;

  readonly #ceiling: number;
  readonly #rise = 1 - decayPerFrame(0.16 / STEP);
  readonly #delayLeft = new Float32Array(STEP * AHEAD_STEPS);
  readonly #delayRight = new Float32Array(STEP * AHEAD_STEPS);
  /** Gains wanted by the steps inside the delay, oldest first. */
  readonly #wanted = new Float64Array(AHEAD_STEPS + 1).fill(1);
  #gain = 1;
  /** Where in the delay the oldest step lies. */
  #oldest = 0;

  constructor(ceiling: number) {
    this.#ceiling = ceiling;
  }

  /**
   * In place.
   * @throws TypeError when the length is not a multiple of 64.
   */
  process(left: Float32Array, right: Float32Array): void {
    if (left.length % STEP !== 0) {
      throw new TypeError(
        `The limiter wants blocks of a multiple of ${STEP} frames, but ${left.length} came.`,
      );
    }
    for (let start = 0; start < left.length; start += STEP) this.#step(left, right, start);
  }

  #step(left: Float32Array, right: Float32Array, start: number): void {
    let largest = this.#ceiling;
    for (let i = start; i < start + STEP; i++) {
      const l = Math.abs(left[i]!);
      const r = Math.abs(right[i]!);
      if (l > largest) largest = l;
      if (r > largest) largest = r;
    }
    const wanted = this.#wanted;
    wanted.copyWithin(0, 1);
    wanted[AHEAD_STEPS] = this.#ceiling / largest;
    // wanted[0] belongs to the step that leaves now, wanted[1] to the next.
    let to = this.#gain + (1 - this.#gain) * this.#rise;
    for (let k = 0; k <= AHEAD_STEPS; k++) {
      const distance = k <= 1 ? 0 : (k - 1) / AHEAD_STEPS;
      const bound = wanted[k]! + (1 - wanted[k]!) * distance;
      if (bound < to) to = bound;
    }
    this.#emit(this.#delayLeft, left, start, to);
    this.#emit(this.#delayRight, right, start, to);
    this.#gain = to;
    this.#oldest = (this.#oldest + STEP) % (STEP * AHEAD_STEPS);
  }

  /** Swaps a step with the oldest one of the delay, which leaves at the gain of the moment. */
  #emit(delay: Float32Array, samples: Float32Array, start: number, to: number): void {
    const slope = (to - this.#gain) / STEP;
    const at = this.#oldest;
    let g = this.#gain;
    for (let i = 0; i < STEP; i++) {
      g += slope;
      const late = delay[at + i]!;
      delay[at + i] = samples[start + i]!;
      samples[start + i] = late * g;
    }
  }
}
