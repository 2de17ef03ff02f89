import { FilterCoefficients } from './filter-coefficients.ts';

/**
 * Two second order filters that work in place on the left and the right side at once: each waits for its own last
 * sample, so two take hardly longer than one. Both can be retuned at every block without clicks.
 */
export class StereoFilter {
  readonly #left = new FilterCoefficients();
  readonly #right = new FilterCoefficients();
  #l1 = 0;
  #l2 = 0;
  #r1 = 0;
  #r2 = 0;

  /** @param quality resonance; 0.707 has no bump. @param ratio frequency of the right side by that of the left. */
  constructor(hertz: number, quality = 0.7071, ratio = 1) {
    this.tune(hertz, quality, ratio);
  }

  tune(hertz: number, quality = 0.7071, ratio = 1): void {
    this.#left.tune(hertz, quality);
    this.#right.tune(hertz * ratio, quality);
  }

  lowpass(left: Float32Array, right: Float32Array, from = 0, to = left.length): void {
    this.#left.lowpass();
    this.#right.lowpass();
    this.#run(left, right, from, to);
  }

  /** Bandpass with a gain of 1 at its centre. */
  bandpass(left: Float32Array, right: Float32Array, from = 0, to = left.length): void {
    this.#left.bandpass(1);
    this.#right.bandpass(1);
    this.#run(left, right, from, to);
  }

  highpass(left: Float32Array, right: Float32Array, from = 0, to = left.length): void {
    this.#left.highpass();
    this.#right.highpass();
    this.#run(left, right, from, to);
  }

  /** Boosts or cuts around the tuned frequency: bell equaliser. Gain 1 changes nothing. */
  bell(left: Float32Array, right: Float32Array, gain: number, from = 0, to = left.length): void {
    this.#left.bell(gain);
    this.#right.bell(gain);
    this.#run(left, right, from, to);
  }

  #run(left: Float32Array, right: Float32Array, from: number, to: number): void {
    const { p: pl, q: ql, r: rl, w1: vl, w2: wl, wx: xl } = this.#left;
    const { p: pr, q: qr, r: rr, w1: vr, w2: wr, wx: xr } = this.#right;
    const ownLeft = 1 - rl;
    const ownRight = 1 - rr;
    let l1 = this.#l1 + 1e-18;
    let l2 = this.#l2;
    let r1 = this.#r1 + 1e-18;
    let r2 = this.#r2;
    for (let i = from; i < to; i++) {
      const x = left[i]!;
      const y = right[i]!;
      left[i] = vl * l1 + (wl * l2 + xl * x);
      right[i] = vr * r1 + (wr * r2 + xr * y);
      const nextLeft = pl * l1 + (ql * x - ql * l2);
      const nextRight = pr * r1 + (qr * y - qr * r2);
      l2 = ql * l1 + (ownLeft * x + rl * l2);
      r2 = qr * r1 + (ownRight * y + rr * r2);
      l1 = nextLeft;
      r1 = nextRight;
    }
    this.#l1 = l1;
    this.#l2 = l2;
    this.#r1 = r1;
    this.#r2 = r2;
  }
}
