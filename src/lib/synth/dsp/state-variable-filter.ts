import { FilterCoefficients } from './filter-coefficients.ts';

/**
 * A second-order filter (12 dB per octave) for one signal, which can be retuned every block without clicks.
 * Input and output may be the same array.
 */
export class StateVariableFilter {
  readonly #coefficients = new FilterCoefficients();
  #s1 = 0;
  #s2 = 0;

  /** @param quality Q factor; 0.707 (Butterworth) has no resonance. */
  constructor(hertz: number, quality = 0.7071) {
    this.tune(hertz, quality);
  }

  tune(hertz: number, quality = 0.7071): void {
    this.#coefficients.tune(hertz, quality);
  }

  lowpass(input: Float32Array, out: Float32Array, from = 0, to = out.length): void {
    this.#coefficients.lowpass();
    this.#run(input, out, from, to);
  }

  /** Bandpass with a gain of 1 at its centre. */
  bandpass(input: Float32Array, out: Float32Array, from = 0, to = out.length): void {
    this.#coefficients.bandpass();
    this.#run(input, out, from, to);
  }

  highpass(input: Float32Array, out: Float32Array, from = 0, to = out.length): void {
    this.#coefficients.highpass();
    this.#run(input, out, from, to);
  }

  #run(input: Float32Array, out: Float32Array, from: number, to: number): void {
    const { p, q, r, w1, w2, wx } = this.#coefficients;
    const own = 1 - r;
    let s1 = this.#s1 + 1e-18;
    let s2 = this.#s2;
    for (let i = from; i < to; i++) {
      const x = input[i]!;
      out[i] = w1 * s1 + (w2 * s2 + wx * x);
      const next = p * s1 + (q * x - q * s2);
      s2 = q * s1 + (own * x + r * s2);
      s1 = next;
    }
    this.#s1 = s1;
    this.#s2 = s2;
  }

  /** Adds gain × bandpass to out[from … to); the gain is ramped from `gain` to `gainTo`. */
  addBandpass(
    input: Float32Array,
    out: Float32Array,
    gain: number,
    from = 0,
    to = out.length,
    gainTo = gain,
  ): void {
    this.#coefficients.bandpass();
    const { p, q, r, w1, w2, wx } = this.#coefficients;
    const own = 1 - r;
    let s1 = this.#s1 + 1e-18;
    let s2 = this.#s2;
    let g = gain;
    const step = (gainTo - gain) / Math.max(1, to - from);
    for (let i = from; i < to; i++) {
      const x = input[i]!;
      out[i] = out[i]! + (w1 * s1 + (w2 * s2 + wx * x)) * g;
      const next = p * s1 + (q * x - q * s2);
      s2 = q * s1 + (own * x + r * s2);
      s1 = next;
      g += step;
    }
    this.#s1 = s1;
    this.#s2 = s2;
  }
}
