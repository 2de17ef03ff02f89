import { DelayLine } from './delay-line.ts';
import { OnePole } from './one-pole.ts';
import { BLOCK_FRAMES, SAMPLE_RATE } from './sample-rate.ts';

/** A ping-pong echo whose repeats get darker, for blocks of at most 256 frames. */
export class Echo {
  readonly #lines = [new DelayLine(SAMPLE_RATE * 2), new DelayLine(SAMPLE_RATE * 2)] as const;
  readonly #dark = [new OnePole(3200), new OnePole(3200)] as const;
  readonly #thin = [new OnePole(220), new OnePole(220)] as const;
  readonly #a = new Float32Array(BLOCK_FRAMES);
  readonly #b = new Float32Array(BLOCK_FRAMES);
  readonly #frames: number;

  readonly #feedback: number;

  /** @param seconds 0.01 … 1.9 between repeats. @param feedback 0 … 0.9. */
  constructor(seconds: number, feedback: number) {
    this.#frames = Math.min(Math.max(seconds * SAMPLE_RATE, BLOCK_FRAMES), SAMPLE_RATE * 1.9);
    this.#feedback = feedback;
  }

  /** Adds the repeats of the input to the output. */
  add(
    inLeft: Float32Array,
    inRight: Float32Array,
    outLeft: Float32Array,
    outRight: Float32Array,
    frames = inLeft.length,
  ): void {
    const a = this.#a;
    const b = this.#b;
    for (let i = 0; i < frames; i++) {
      a[i] = 0;
      b[i] = 0;
    }
    this.#lines[0].addTo(a, this.#frames, 1, 0, frames);
    this.#lines[1].addTo(b, this.#frames, 1, 0, frames);
    this.#dark[0].lowpass(a, a, 0, frames);
    this.#dark[1].lowpass(b, b, 0, frames);
    this.#thin[0].highpass(a, a, 0, frames);
    this.#thin[1].highpass(b, b, 0, frames);
    const feedback = this.#feedback;
    for (let i = 0; i < frames; i++) {
      const x = a[i]!;
      const y = b[i]!;
      outLeft[i] = outLeft[i]! + x;
      outRight[i] = outRight[i]! + y;
      a[i] = (inLeft[i]! + inRight[i]!) * 0.6 + y * feedback;
      b[i] = x * feedback + (inRight[i]! - inLeft[i]!) * 0.1;
    }
    this.#lines[0].write(a, 0, frames);
    this.#lines[1].write(b, 0, frames);
  }
}
