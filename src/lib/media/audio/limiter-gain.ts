/** Frames of a step, within which the gain of the limiter is linear. */
export const LIMITER_STEP = 32;

/** Look-ahead in steps: 8 × 32 frames are 5.3 ms at 48 kHz. */
export const LIMITER_AHEAD = 8;

const RELEASE_SECONDS = 0.16;

/** Weights of the smoothing of the gain: a raised cosine that sums to 1. */
const SMOOTHING = Float64Array.from(
  { length: LIMITER_AHEAD },
  (_, index) => (1 - Math.cos((2 * Math.PI * (index + 0.5)) / LIMITER_AHEAD)) / LIMITER_AHEAD,
);

/**
 * The gain of a look-ahead limiter from the peaks of consecutive steps: the smallest gain needed within the look-ahead,
 * with an exponential release, smoothed. No step exceeds the ceiling.
 */
export class LimiterGain {
  #ceiling: number;
  #release: number;
  /** Gains that the steps in the look-ahead allow, oldest first; the first one is of the step before. */
  #allowed = new Float64Array(LIMITER_AHEAD + 1).fill(1);
  #released = new Float64Array(LIMITER_AHEAD).fill(1);

  /** @param ceiling Largest magnitude of the output, 1 at full scale. */
  constructor(ceiling: number, sampleRate: number) {
    this.#ceiling = ceiling;
    this.#release = 1 - Math.exp(-LIMITER_STEP / (RELEASE_SECONDS * sampleRate));
  }

  /**
   * Adds the peak of a step and returns the gain at the start of the step `LIMITER_AHEAD - 1` steps earlier.
   */
  next(peak: number): number {
    const allowed = this.#allowed;
    allowed.copyWithin(0, 1);
    allowed[LIMITER_AHEAD] = peak > this.#ceiling ? this.#ceiling / peak : 1;
    let needed = 1;
    for (let index = 0; index <= LIMITER_AHEAD; index++) {
      if (allowed[index]! < needed) needed = allowed[index]!;
    }
    const released = this.#released;
    const before = released[LIMITER_AHEAD - 1]!;
    const gain = Math.min(needed, before + (1 - before) * this.#release);
    released.copyWithin(0, 1);
    released[LIMITER_AHEAD - 1] = gain;
    if (gain === 1 && released[0] === 1) return 1;
    let smooth = 0;
    for (let index = 0; index < LIMITER_AHEAD; index++) smooth += released[index]! * SMOOTHING[index]!;
    return smooth;
  }
}
