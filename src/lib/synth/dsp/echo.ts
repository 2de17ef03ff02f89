import { exp } from './maths.ts';
import { BLOCK_FRAMES, SAMPLE_RATE } from './sample-rate.ts';

const LONGEST_SECONDS = 1.9;
/** A power of two above the longest delay and a block. */
const RING_FRAMES = 1 << 17;
const MASK = RING_FRAMES - 1;
/** One-pole lowpasses: each repeat loses what is above the first and below the second. */
const DARK = 1 - exp((-6.283185307179586 * 3200) / SAMPLE_RATE);
const THIN = 1 - exp((-6.283185307179586 * 220) / SAMPLE_RATE);
/** After so many repeats of at most 0.9 of the one before nothing is left to hear. */
const MOST_REPEATS = 60;

/** A ping-pong echo whose repeats get darker, for blocks of at most 256 frames. It rests while nothing comes in or rings. */
export class Echo {
  readonly #rings = [new Float32Array(RING_FRAMES), new Float32Array(RING_FRAMES)] as const;
  readonly #frames: number;
  readonly #feedback: number;
  readonly #states = new Float64Array(4);
  #written = 0;
  #quietFrames = Infinity;

  /** @param seconds 0.01 … 1.9 between repeats. @param feedback 0 … 0.9. */
  constructor(seconds: number, feedback: number) {
    this.#frames = Math.min(Math.max(seconds * SAMPLE_RATE, BLOCK_FRAMES), SAMPLE_RATE * LONGEST_SECONDS);
    this.#feedback = feedback;
  }

  /** Adds the repeats of the input to the output. @param isFed false when the input is silent. */
  add(
    inLeft: Float32Array,
    inRight: Float32Array,
    outLeft: Float32Array,
    outRight: Float32Array,
    isFed = true,
  ): void {
    const frames = inLeft.length;
    this.#quietFrames = isFed ? 0 : this.#quietFrames + frames;
    if (this.#quietFrames > MOST_REPEATS * this.#frames) return;
    const [left, right] = this.#rings;
    const states = this.#states;
    const whole = Math.floor(this.#frames);
    // Between two frames: the rest of the delay by a straight line.
    const early = 1 - (this.#frames - whole);
    const feedback = this.#feedback;
    let [darkLeft, darkRight, thinLeft, thinRight] = states as unknown as [number, number, number, number];
    darkLeft += 1e-18;
    darkRight += 1e-18;
    for (let i = 0, w = this.#written; i < frames; i++, w++) {
      const at = (w - whole - 1) & MASK;
      const next = (w - whole) & MASK;
      const l = left[at]!;
      const r = right[at]!;
      darkLeft += DARK * (l + (left[next]! - l) * early - darkLeft);
      darkRight += DARK * (r + (right[next]! - r) * early - darkRight);
      thinLeft += THIN * (darkLeft - thinLeft);
      thinRight += THIN * (darkRight - thinRight);
      const x = darkLeft - thinLeft;
      const y = darkRight - thinRight;
      const a = inLeft[i]!;
      const b = inRight[i]!;
      outLeft[i] = outLeft[i]! + x;
      outRight[i] = outRight[i]! + y;
      left[w & MASK] = (a + b) * 0.6 + y * feedback;
      right[w & MASK] = x * feedback + (b - a) * 0.1;
    }
    states[0] = darkLeft;
    states[1] = darkRight;
    states[2] = thinLeft;
    states[3] = thinRight;
    this.#written = (this.#written + frames) & 0x3fffffff;
  }
}
