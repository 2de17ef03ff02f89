import { onePolePole } from './maths.ts';

/** A first-order high shelf for a stereo signal. */
export class TrebleShelf {
  readonly #a: number;
  readonly #lift: number;
  #left = 0;
  #right = 0;

  /** @param hertz Corner frequency. @param gain Of the treble, linear; 1 changes nothing. */
  constructor(hertz: number, gain: number) {
    this.#a = 1 - onePolePole(hertz);
    this.#lift = gain - 1;
  }

  /** In place. */
  process(left: Float32Array, right: Float32Array): void {
    const a = this.#a;
    const lift = this.#lift;
    let l = this.#left + 1e-18;
    let r = this.#right + 1e-18;
    for (let i = 0; i < left.length; i++) {
      const x = left[i]!;
      const y = right[i]!;
      l += a * (x - l);
      r += a * (y - r);
      left[i] = x + (x - l) * lift;
      right[i] = y + (y - r) * lift;
    }
    this.#left = l;
    this.#right = r;
  }
}
