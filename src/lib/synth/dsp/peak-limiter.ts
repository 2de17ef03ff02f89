import { decayPerFrame } from './maths.ts';

const STEP = 64;
const LOOKAHEAD_STEPS = 5;

/**
 * A look-ahead peak limiter for a stereo stream: no sample exceeds the ceiling. The gain is piecewise linear over steps
 * of 64 frames with a look-ahead of 5 steps (6.7 ms) and a release of 0.16 s. The output is delayed by
 * `PeakLimiter.latencyFrames`.
 */
export class PeakLimiter {
  /** Delay of the output in frames. */
  static readonly latencyFrames = STEP * LOOKAHEAD_STEPS;

  readonly #ceiling: number;
  readonly #rise = 1 - decayPerFrame(0.16 / STEP);
  readonly #delayLeft = new Float32Array(STEP * LOOKAHEAD_STEPS);
  readonly #delayRight = new Float32Array(STEP * LOOKAHEAD_STEPS);
  /** Gains that the steps in the delay allow, oldest first. */
  readonly #allowed = new Float64Array(LOOKAHEAD_STEPS + 1).fill(1);
  #gain = 1;
  /** Index of the oldest step in the delay. */
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
        `The limiter needs blocks of a multiple of ${STEP} frames, but got ${left.length}.`,
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
    const allowed = this.#allowed;
    allowed.copyWithin(0, 1);
    allowed[LOOKAHEAD_STEPS] = this.#ceiling / largest;
    // allowed[0] belongs to the step that is output now, allowed[1] to the next.
    let to = this.#gain + (1 - this.#gain) * this.#rise;
    for (let k = 0; k <= LOOKAHEAD_STEPS; k++) {
      const distance = k <= 1 ? 0 : (k - 1) / LOOKAHEAD_STEPS;
      const bound = allowed[k]! + (1 - allowed[k]!) * distance;
      if (bound < to) to = bound;
    }
    this.#emit(this.#delayLeft, left, start, to);
    this.#emit(this.#delayRight, right, start, to);
    this.#gain = to;
    this.#oldest = (this.#oldest + STEP) % (STEP * LOOKAHEAD_STEPS);
  }

  /** Exchanges a step with the oldest one of the delay, which is output at the current gain. */
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
