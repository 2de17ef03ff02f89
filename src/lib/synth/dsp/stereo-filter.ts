import { FilterCoefficients } from './filter-coefficients.ts';

/**
 * A second-order stereo filter, which can be retuned every block without clicks. A recursive filter is limited by its
 * own dependency chain, so two channels in one loop take hardly longer than one.
 */
export class StereoFilter {
  readonly #coefficients = new FilterCoefficients();
  #l1 = 0;
  #l2 = 0;
  #r1 = 0;
  #r2 = 0;

  /** @param quality Q factor; 0.707 (Butterworth) has no resonance. */
  constructor(hertz: number, quality = 0.7071) {
    this.tune(hertz, quality);
  }

  tune(hertz: number, quality = 0.7071): void {
    this.#coefficients.tune(hertz, quality);
  }

  /** In place. */
  lowpass(left: Float32Array, right: Float32Array, from = 0, to = left.length): void {
    this.#coefficients.lowpass();
    this.#run(left, right, from, to);
  }

  /** In place. */
  highpass(left: Float32Array, right: Float32Array, from = 0, to = left.length): void {
    this.#coefficients.highpass();
    this.#run(left, right, from, to);
  }

  /** Peaking equaliser, in place. @param gain At the tuned frequency, linear. */
  bell(left: Float32Array, right: Float32Array, gain: number, from = 0, to = left.length): void {
    this.#coefficients.bell(gain);
    this.#run(left, right, from, to);
  }

  #run(left: Float32Array, right: Float32Array, from: number, to: number): void {
    const { p, q, r, w1, w2, wx } = this.#coefficients;
    const own = 1 - r;
    let l1 = this.#l1 + 1e-18;
    let l2 = this.#l2;
    let r1 = this.#r1 + 1e-18;
    let r2 = this.#r2;
    for (let i = from; i < to; i++) {
      const x = left[i]!;
      const y = right[i]!;
      left[i] = w1 * l1 + (w2 * l2 + wx * x);
      right[i] = w1 * r1 + (w2 * r2 + wx * y);
      const nextLeft = p * l1 + (q * x - q * l2);
      const nextRight = p * r1 + (q * y - q * r2);
      l2 = q * l1 + (own * x + r * l2);
      r2 = q * r1 + (own * y + r * r2);
      l1 = nextLeft;
      r1 = nextRight;
    }
    this.#l1 = l1;
    this.#l2 = l2;
    this.#r1 = r1;
    this.#r2 = r2;
  }
}
