import { clamp, tanPi } from './maths.ts';
import { SAMPLE_RATE } from './sample-rate.ts';

/**
 * A second order filter (12 dB per octave) that can be retuned at every block without clicks:
 * the trapezoidal state variable filter of Andrew Simper, "Linear Trap Optimised SVF", 2013.
 * One instance filters one signal. Input and output may be the same array.
 */
export class StateVariableFilter {
  #s1 = 0;
  #s2 = 0;
  #k = 1;
  #a1 = 0;
  #a2 = 0;
  #a3 = 0;

  /** @param quality resonance; 0.707 has no bump. */
  constructor(hertz: number, quality = 0.7071) {
    this.tune(hertz, quality);
  }

  tune(hertz: number, quality = 0.7071): void {
    const g = tanPi(clamp(hertz / SAMPLE_RATE, 0.0001, 0.45));
    this.#k = 1 / quality;
    this.#a1 = 1 / (1 + g * (g + this.#k));
    this.#a2 = g * this.#a1;
    this.#a3 = g * this.#a2;
  }

  lowpass(input: Float32Array, out: Float32Array, from = 0, to = out.length): void {
    let s1 = this.#s1 + 1e-18;
    let s2 = this.#s2;
    const a1 = this.#a1;
    const a2 = this.#a2;
    const a3 = this.#a3;
    for (let i = from; i < to; i++) {
      const v3 = input[i]! - s2;
      const v1 = a1 * s1 + a2 * v3;
      const v2 = s2 + a2 * s1 + a3 * v3;
      s1 = 2 * v1 - s1;
      s2 = 2 * v2 - s2;
      out[i] = v2;
    }
    this.#s1 = s1;
    this.#s2 = s2;
  }

  /** Bandpass with a gain of 1 at its centre. */
  bandpass(input: Float32Array, out: Float32Array, from = 0, to = out.length): void {
    let s1 = this.#s1 + 1e-18;
    let s2 = this.#s2;
    const a1 = this.#a1;
    const a2 = this.#a2;
    const a3 = this.#a3;
    const k = this.#k;
    for (let i = from; i < to; i++) {
      const v3 = input[i]! - s2;
      const v1 = a1 * s1 + a2 * v3;
      const v2 = s2 + a2 * s1 + a3 * v3;
      s1 = 2 * v1 - s1;
      s2 = 2 * v2 - s2;
      out[i] = v1 * k;
    }
    this.#s1 = s1;
    this.#s2 = s2;
  }

  highpass(input: Float32Array, out: Float32Array, from = 0, to = out.length): void {
    let s1 = this.#s1 + 1e-18;
    let s2 = this.#s2;
    const a1 = this.#a1;
    const a2 = this.#a2;
    const a3 = this.#a3;
    const k = this.#k;
    for (let i = from; i < to; i++) {
      const x = input[i]!;
      const v3 = x - s2;
      const v1 = a1 * s1 + a2 * v3;
      const v2 = s2 + a2 * s1 + a3 * v3;
      s1 = 2 * v1 - s1;
      s2 = 2 * v2 - s2;
      out[i] = x - k * v1 - v2;
    }
    this.#s1 = s1;
    this.#s2 = s2;
  }

  /** Adds gain × bandpass to the output; the gain may glide from one value to another. */
  addBandpass(
    input: Float32Array,
    out: Float32Array,
    gain: number,
    from = 0,
    to = out.length,
    gainTo = gain,
  ): void {
    let s1 = this.#s1 + 1e-18;
    let s2 = this.#s2;
    const a1 = this.#a1;
    const a2 = this.#a2;
    const a3 = this.#a3;
    let g = gain * this.#k;
    const step = ((gainTo - gain) * this.#k) / Math.max(1, to - from);
    for (let i = from; i < to; i++) {
      const v3 = input[i]! - s2;
      const v1 = a1 * s1 + a2 * v3;
      const v2 = s2 + a2 * s1 + a3 * v3;
      s1 = 2 * v1 - s1;
      s2 = 2 * v2 - s2;
      out[i] = out[i]! + v1 * g;
      g += step;
    }
    this.#s1 = s1;
    this.#s2 = s2;
  }

  /** Boosts or cuts around the tuned frequency: bell equaliser. Gain 1 changes nothing. */
  bell(input: Float32Array, out: Float32Array, gain: number, from = 0, to = out.length): void {
    if (input !== out) for (let i = from; i < to; i++) out[i] = input[i]!;
    let s1 = this.#s1 + 1e-18;
    let s2 = this.#s2;
    const a1 = this.#a1;
    const a2 = this.#a2;
    const a3 = this.#a3;
    const g = (gain - 1) * this.#k;
    for (let i = from; i < to; i++) {
      const x = out[i]!;
      const v3 = x - s2;
      const v1 = a1 * s1 + a2 * v3;
      const v2 = s2 + a2 * s1 + a3 * v3;
      s1 = 2 * v1 - s1;
      s2 = 2 * v2 - s2;
      out[i] = x + v1 * g;
    }
    this.#s1 = s1;
    this.#s2 = s2;
  }
}
