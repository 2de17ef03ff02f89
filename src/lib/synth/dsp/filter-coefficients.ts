import { clamp, tanPi } from './maths.ts';
import { SAMPLE_RATE } from './sample-rate.ts';

/**
 * Coefficients of the trapezoidal state variable filter by Andrew Simper ("Linear Trap Optimised SVF", 2013) in state
 * space form, whose dependency chain is shorter:
 * s1 ← p·s1 − q·s2 + q·x, s2 ← q·s1 + r·s2 + (1 − r)·x. Every output is a weighted sum of both states and x.
 */
export class FilterCoefficients {
  p = 0;
  q = 0;
  r = 0;
  #a1 = 0;
  #a2 = 0;
  #a3 = 0;
  #k = 1;
  /** Weights of the selected output: of the first state, the second state, and the input. */
  w1 = 0;
  w2 = 0;
  wx = 0;

  /** @param hertz Cut-off or centre frequency. @param quality Q factor. */
  tune(hertz: number, quality: number): void {
    const g = tanPi(clamp(hertz / SAMPLE_RATE, 0.0001, 0.45));
    const k = 1 / quality;
    const a1 = 1 / (1 + g * (g + k));
    const a2 = g * a1;
    const a3 = g * a2;
    this.p = 2 * a1 - 1;
    this.q = 2 * a2;
    this.r = 1 - 2 * a3;
    this.#a1 = a1;
    this.#a2 = a2;
    this.#a3 = a3;
    this.#k = k;
  }

  /** Selects the lowpass. */
  lowpass(): void {
    this.w1 = this.#a2;
    this.w2 = 1 - this.#a3;
    this.wx = this.#a3;
  }

  /** Selects the bandpass. @param gain At the centre frequency, linear. */
  bandpass(gain = 1): void {
    const g = this.#k * gain;
    this.w1 = this.#a1 * g;
    this.w2 = -this.#a2 * g;
    this.wx = this.#a2 * g;
  }

  /** Selects the highpass. */
  highpass(): void {
    const k = this.#k;
    this.w1 = -(k * this.#a1 + this.#a2);
    this.w2 = k * this.#a2 - 1 + this.#a3;
    this.wx = 1 - k * this.#a2 - this.#a3;
  }

  /** Selects a peaking equaliser: the input plus a bandpass. @param gain At the centre frequency, linear. */
  bell(gain: number): void {
    this.bandpass(gain - 1);
    this.wx += 1;
  }
}
