import { BrownNoise, PinkNoise, WhiteNoise } from '../../dsp/noise.ts';
import type { Random } from '../../dsp/random.ts';

const COLOURS = { white: WhiteNoise, pink: PinkNoise, brown: BrownNoise };

/** Noise on two sides that have more or less in common. */
export class StereoNoise {
  readonly #left: WhiteNoise | PinkNoise | BrownNoise;
  readonly #right: WhiteNoise | PinkNoise | BrownNoise;
  readonly #width: number;

  /** @param width 0 is mono, 1 is two unrelated sides. */
  constructor(random: Random, colour: keyof typeof COLOURS, width: number) {
    this.#left = new COLOURS[colour](random.fork('a'));
    this.#right = new COLOURS[colour](random.fork('b'));
    this.#width = width;
  }

  /** Overwrites frames from … to of both sides. */
  fill(left: Float32Array, right: Float32Array, from: number, to: number): void {
    const width = this.#width;
    this.#left.fill(left, from, to);
    if (width === 0) {
      for (let i = from; i < to; i++) right[i] = left[i]!;
      return;
    }
    this.#right.fill(right, from, to);
    if (width === 1) return;
    const own = 1 / Math.sqrt(1 + (1 - width) * (1 - width));
    const other = (1 - width) * own;
    for (let i = from; i < to; i++) {
      const x = left[i]!;
      const y = right[i]!;
      left[i] = x * own + y * other;
      right[i] = y * own + x * other;
    }
  }
}
