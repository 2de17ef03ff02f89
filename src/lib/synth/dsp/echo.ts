import { onePolePole } from './maths.ts';
import { BLOCK_FRAMES, SAMPLE_RATE } from './sample-rate.ts';

const MAX_SECONDS = 1.9;
/** A power of two above the longest delay plus a block. */
const RING_FRAMES = 1 << 17;
const MASK = RING_FRAMES - 1;
/** Coefficients of the one-pole filters of every repeat: lowpass at 3200 Hz, highpass at 220 Hz. */
const LOWPASS = 1 - onePolePole(3200);
const HIGHPASS = 1 - onePolePole(220);
/** Without input the echo is inaudible after this many repeats (0.9 ^ 60 is -55 dB). */
const MAX_REPEATS = 60;

/** A ping-pong echo with filtered repeats, for blocks of at most 256 frames. It costs nothing while it is silent. */
export class Echo {
  readonly #rings = [new Float32Array(RING_FRAMES), new Float32Array(RING_FRAMES)] as const;
  readonly #frames: number;
  readonly #feedback: number;
  readonly #states = new Float64Array(4);
  #written = 0;
  #quietFrames = Infinity;

  /** @param seconds Time between repeats, 0.01 … 1.9. @param feedback 0 … 0.9. */
  constructor(seconds: number, feedback: number) {
    this.#frames = Math.min(Math.max(seconds * SAMPLE_RATE, BLOCK_FRAMES), SAMPLE_RATE * MAX_SECONDS);
    this.#feedback = feedback;
  }

  /** Adds the repeats of the input to the output. @param hasInput False when the input is silent. */
  add(
    inLeft: Float32Array,
    inRight: Float32Array,
    outLeft: Float32Array,
    outRight: Float32Array,
    hasInput = true,
  ): void {
    const frames = inLeft.length;
    this.#quietFrames = hasInput ? 0 : this.#quietFrames + frames;
    if (this.#quietFrames > MAX_REPEATS * this.#frames) return;
    const [left, right] = this.#rings;
    const states = this.#states;
    const whole = Math.floor(this.#frames);
    // Linear interpolation for the fraction of the delay.
    const fraction = 1 - (this.#frames - whole);
    const feedback = this.#feedback;
    let [darkLeft, darkRight, thinLeft, thinRight] = states as unknown as [number, number, number, number];
    darkLeft += 1e-18;
    darkRight += 1e-18;
    for (let i = 0, w = this.#written; i < frames; i++, w++) {
      const at = (w - whole - 1) & MASK;
      const next = (w - whole) & MASK;
      const l = left[at]!;
      const r = right[at]!;
      darkLeft += LOWPASS * (l + (left[next]! - l) * fraction - darkLeft);
      darkRight += LOWPASS * (r + (right[next]! - r) * fraction - darkRight);
      thinLeft += HIGHPASS * (darkLeft - thinLeft);
      thinRight += HIGHPASS * (darkRight - thinRight);
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
