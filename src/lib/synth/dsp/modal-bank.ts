import { cosinePrecise, exp, panGains, sinePrecise } from './maths.ts';
import { SAMPLE_RATE } from './sample-rate.ts';

/** One way in which a struck body rings. */
export interface Mode {
  hertz: number;
  gain: number;
  /** Time in which it falls by 60 dB. */
  seconds: number;
  /** -1 … 1, 0 when left out. */
  pan?: number;
}

/** Squared amplitude below which a mode rests: -92 dB. */
const INAUDIBLE = 6e-10;

/** A struck or driven body: a bank of two-pole resonators. Modes above 20 kHz are left out. */
export class ModalBank {
  readonly #size: number;
  readonly #c1: Float64Array;
  readonly #c2: Float64Array;
  readonly #strike: Float64Array;
  readonly #left: Float64Array;
  readonly #right: Float64Array;
  readonly #y1: Float64Array;
  readonly #y2: Float64Array;
  /** 1 / sin² of each mode's angle: turns its state into its amplitude. */
  readonly #energy: Float64Array;

  constructor(modes: readonly Mode[]) {
    const audible = modes.filter((mode) => mode.hertz > 10 && mode.hertz < 20_000);
    this.#size = audible.length;
    const array = () => new Float64Array(audible.length);
    this.#c1 = array();
    this.#c2 = array();
    this.#strike = array();
    this.#left = array();
    this.#right = array();
    this.#y1 = array();
    this.#y2 = array();
    this.#energy = array();
    audible.forEach((mode, k) => {
      const r = exp(-6.9078 / (mode.seconds * SAMPLE_RATE));
      this.#c1[k] = 2 * r * cosinePrecise(mode.hertz / SAMPLE_RATE);
      this.#c2[k] = -r * r;
      this.#strike[k] = mode.gain * sinePrecise(mode.hertz / SAMPLE_RATE);
      const sin = sinePrecise(mode.hertz / SAMPLE_RATE);
      this.#energy[k] = 1 / (sin * sin);
      const [left, right] = panGains(mode.pan ?? 0);
      this.#left[k] = left;
      this.#right[k] = right;
    });
  }

  /** Hits the body: each mode starts as a sine of about amplitude gain × its own gain. */
  strike(gain: number): void {
    for (let k = 0; k < this.#size; k++) this.#y1[k] = this.#y1[k]! + gain * this.#strike[k]!;
  }

  /** True when nothing can be heard any more. */
  get isSilent(): boolean {
    for (let k = 0; k < this.#size; k++) if (this.#isAudible(k)) return false;
    return true;
  }

  #isAudible(k: number): boolean {
    const u = this.#y1[k]!;
    const v = this.#y2[k]!;
    return (u * u + v * v - this.#c1[k]! * u * v) * this.#energy[k]! > INAUDIBLE;
  }

  /** Adds the ringing to a left and a right output; pass the same array twice for mono. */
  add(left: Float32Array, right: Float32Array, gain: number, from = 0, to = left.length): void {
    if (left === right) {
      for (let k = 0; k < this.#size; k++) if (this.#isAudible(k)) this.#addMono(k, left, gain, from, to);
      return;
    }
    // Two modes at a time: the outputs are read and written half as often.
    let waiting = -1;
    for (let k = 0; k < this.#size; k++) {
      if (!this.#isAudible(k)) continue;
      if (waiting < 0) waiting = k;
      else {
        this.#addPair(waiting, k, left, right, gain, from, to);
        waiting = -1;
      }
    }
    if (waiting >= 0) this.#addPair(waiting, -1, left, right, gain, from, to);
  }

  #addMono(k: number, out: Float32Array, gain: number, from: number, to: number): void {
    let u = this.#y1[k]!;
    let v = this.#y2[k]!;
    const c1 = this.#c1[k]!;
    const c2 = this.#c2[k]!;
    for (let i = from; i < to; i++) {
      const y = c1 * u + c2 * v;
      v = u;
      u = y;
      out[i] = out[i]! + y * gain;
    }
    this.#y1[k] = u;
    this.#y2[k] = v;
  }

  /** The second mode may be -1: none. */
  #addPair(
    j: number,
    k: number,
    left: Float32Array,
    right: Float32Array,
    gain: number,
    from: number,
    to: number,
  ): void {
    const isPair = k >= 0;
    let u = this.#y1[j]!;
    let v = this.#y2[j]!;
    let w = isPair ? this.#y1[k]! : 0;
    let x = isPair ? this.#y2[k]! : 0;
    const a1 = this.#c1[j]!;
    const a2 = this.#c2[j]!;
    const b1 = isPair ? this.#c1[k]! : 0;
    const b2 = isPair ? this.#c2[k]! : 0;
    const l = this.#left[j]! * gain;
    const r = this.#right[j]! * gain;
    const m = isPair ? this.#left[k]! * gain : 0;
    const s = isPair ? this.#right[k]! * gain : 0;
    for (let i = from; i < to; i++) {
      const y = a1 * u + a2 * v;
      v = u;
      u = y;
      const z = b1 * w + b2 * x;
      x = w;
      w = z;
      left[i] = left[i]! + y * l + z * m;
      right[i] = right[i]! + y * r + z * s;
    }
    this.#y1[j] = u;
    this.#y2[j] = v;
    if (!isPair) return;
    this.#y1[k] = w;
    this.#y2[k] = x;
  }

  /** Adds the answer of the body to an input that rubs, blows or knocks it (mono). */
  addDriven(input: Float32Array, out: Float32Array, gain: number, from = 0, to = out.length): void {
    for (let k = 0; k < this.#size; k++) {
      let u = this.#y1[k]!;
      let v = this.#y2[k]! + 1e-18;
      const c1 = this.#c1[k]!;
      const c2 = this.#c2[k]!;
      const s = this.#strike[k]!;
      for (let i = from; i < to; i++) {
        const y = c1 * u + c2 * v + s * input[i]!;
        v = u;
        u = y;
        out[i] = out[i]! + y * gain;
      }
      this.#y1[k] = u;
      this.#y2[k] = v;
    }
  }
}
