import { onePolePole } from './maths.ts';

/** A first-order filter, 6 dB per octave. Input and output may be the same array. */
export class OnePole {
  #y = 0;
  #a = 0;

  constructor(hertz: number) {
    this.tune(hertz);
  }

  tune(hertz: number): void {
    this.#a = 1 - onePolePole(hertz);
  }

  lowpass(input: Float32Array, out: Float32Array, from = 0, to = out.length): void {
    let y = this.#y + 1e-18;
    const a = this.#a;
    for (let i = from; i < to; i++) {
      y += a * (input[i]! - y);
      out[i] = y;
    }
    this.#y = y;
  }

  highpass(input: Float32Array, out: Float32Array, from = 0, to = out.length): void {
    let y = this.#y + 1e-18;
    const a = this.#a;
    for (let i = from; i < to; i++) {
      const x = input[i]!;
      y += a * (x - y);
      out[i] = x - y;
    }
    this.#y = y;
  }
}
