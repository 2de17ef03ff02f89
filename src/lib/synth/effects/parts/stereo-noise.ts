import { BrownNoise, PinkNoise, WhiteNoise } from '../../dsp/noise.ts';
import type { Random } from '../../dsp/random.ts';

const COLOURS = { white: WhiteNoise, pink: PinkNoise, brown: BrownNoise };

/** Noise on two sides that have more or less in common. */
export class StereoNoise {
  readonly #left: WhiteNoise | PinkNoise | BrownNoise;
  readonly #right: WhiteNoise | PinkNoise | BrownNoise;
  readonly #own: number;
  readonly #other: number;

  /** @param width 0 is mono, 1 is two unrelated sides. */
  constructor(random: Random, colour: keyof typeof COLOURS, width: number) {
    this.#left = new COLOURS[colour](random.fork('a'));
    this.#right = new COLOURS[colour](random.fork('b'));
    // Together they keep the energy of one.
    this.#own = 1 / Math.sqrt(1 + (1 - width) * (1 - width));
    this.#other = (1 - width) * this.#own;
  }

  /** Overwrites frames from … to of both sides. */
  fill(left: Float32Array, right: Float32Array, from: number, to: number): void {
    const [first, second] = [this.#left, this.#right];
    const own = this.#own;
    const other = this.#other;
    if (first instanceof WhiteNoise && second instanceof WhiteNoise) {
      WhiteNoise.fillPair(first, second, left, right, own, other, from, to);
      return;
    }
    first.fill(left, from, to);
    second.fill(right, from, to);
    for (let i = from; i < to; i++) {
      const x = left[i]!;
      const y = right[i]!;
      left[i] = x * own + y * other;
      right[i] = y * own + x * other;
    }
  }
}
