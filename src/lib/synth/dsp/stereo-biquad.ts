import { clamp, tanPi } from './maths.ts';
import { SAMPLE_RATE } from './sample-rate.ts';

/** What a filter passes. */
export type FilterType = 'lowpass' | 'bandpass' | 'highpass';

/**
 * A second-order stereo filter (transposed direct form II, bilinear transform as in `StateVariableFilter`): the fastest
 * one. Retuning causes small discontinuities, inaudible in noise; for tones use `StereoFilter`.
 */
export class StereoBiquad {
  readonly #type: FilterType;
  #b0 = 0;
  #b1 = 0;
  #b2 = 0;
  #a1 = 0;
  #a2 = 0;
  #l1 = 0;
  #l2 = 0;
  #r1 = 0;
  #r2 = 0;

  /** @param quality Q factor; 0.707 has no resonance. A bandpass has a gain of 1 at its centre. */
  constructor(type: FilterType, hertz: number, quality = 0.7071) {
    this.#type = type;
    this.tune(hertz, quality);
  }

  tune(hertz: number, quality = 0.7071): void {
    const g = tanPi(clamp(hertz / SAMPLE_RATE, 0.0001, 0.45));
    const k = 1 / quality;
    const d = 1 / (1 + g * (g + k));
    this.#a1 = 2 * (g * g - 1) * d;
    this.#a2 = (1 + g * (g - k)) * d;
    const isBand = this.#type === 'bandpass';
    const b0 = isBand ? g * k * d : this.#type === 'lowpass' ? g * g * d : d;
    this.#b0 = b0;
    this.#b1 = isBand ? 0 : this.#type === 'lowpass' ? 2 * b0 : -2 * b0;
    this.#b2 = isBand ? -b0 : b0;
  }

  /** Adds the filtered frames [from … to), each channel at a level that is ramped. */
  add(
    left: Float32Array,
    right: Float32Array,
    outLeft: Float32Array,
    outRight: Float32Array,
    levelLeft: number,
    levelRight: number,
    from: number,
    to: number,
    levelLeftTo: number,
    levelRightTo: number,
  ): void {
    const b0 = this.#b0;
    const b1 = this.#b1;
    const b2 = this.#b2;
    const a1 = this.#a1;
    const a2 = this.#a2;
    let l1 = this.#l1 + 1e-18;
    let l2 = this.#l2;
    let r1 = this.#r1 + 1e-18;
    let r2 = this.#r2;
    const glideLeft = (levelLeftTo - levelLeft) / (to - from);
    const glideRight = (levelRightTo - levelRight) / (to - from);
    let gl = levelLeft;
    let gr = levelRight;
    for (let i = from; i < to; i++) {
      const x = left[i]!;
      const y = right[i]!;
      const u = b0 * x + l1;
      const v = b0 * y + r1;
      outLeft[i] = outLeft[i]! + u * gl;
      outRight[i] = outRight[i]! + v * gr;
      l1 = b1 * x + l2 - a1 * u;
      r1 = b1 * y + r2 - a1 * v;
      l2 = b2 * x - a2 * u;
      r2 = b2 * y - a2 * v;
      gl += glideLeft;
      gr += glideRight;
    }
    this.#l1 = l1;
    this.#l2 = l2;
    this.#r1 = r1;
    this.#r2 = r2;
  }
}
