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
  /** Which modes are heard now. */
  readonly #heard: Int32Array;

  constructor(modes: readonly Mode[]) {
    const audible = modes.filter((mode) => mode.hertz > 10 && mode.hertz < 20_000);
    this.#size = audible.length;
    // One more, that never sounds.
    const array = () => new Float64Array(audible.length + 1);
    this.#c1 = array();
    this.#c2 = array();
    this.#strike = array();
    this.#left = array();
    this.#right = array();
    this.#y1 = array();
    this.#y2 = array();
    this.#energy = array();
    this.#heard = new Int32Array(audible.length + 3);
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
    // Four modes at a time: the outputs are read and written a quarter as often, and no mode waits for itself.
    const heard = this.#heard;
    let count = 0;
    for (let k = 0; k < this.#size; k++) if (this.#isAudible(k)) heard[count++] = k;
    // Those that are missing in the last four are the one that is always silent.
    for (let k = 0; k < 3; k++) heard[count + k] = this.#size;
    for (let n = 0; n < count; n += 4) this.#addFour(n, left, right, gain, from, to);
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

  #addFour(n: number, left: Float32Array, right: Float32Array, gain: number, from: number, to: number): void {
    const c1 = this.#c1;
    const c2 = this.#c2;
    const y1 = this.#y1;
    const y2 = this.#y2;
    const j = this.#heard[n]!;
    const k = this.#heard[n + 1]!;
    const l = this.#heard[n + 2]!;
    const m = this.#heard[n + 3]!;
    const j1 = c1[j]!;
    const j2 = c2[j]!;
    const k1 = c1[k]!;
    const k2 = c2[k]!;
    const l1 = c1[l]!;
    const l2 = c2[l]!;
    const m1 = c1[m]!;
    const m2 = c2[m]!;
    const jl = this.#left[j]! * gain;
    const jr = this.#right[j]! * gain;
    const kl = this.#left[k]! * gain;
    const kr = this.#right[k]! * gain;
    const ll = this.#left[l]! * gain;
    const lr = this.#right[l]! * gain;
    const ml = this.#left[m]! * gain;
    const mr = this.#right[m]! * gain;
    let a = y1[j]!;
    let a2 = y2[j]!;
    let b = y1[k]!;
    let b2 = y2[k]!;
    let c = y1[l]!;
    let e2 = y2[l]!;
    let d = y1[m]!;
    let d2 = y2[m]!;
    for (let i = from; i < to; i++) {
      const nextA = j1 * a + j2 * a2;
      const nextB = k1 * b + k2 * b2;
      const nextC = l1 * c + l2 * e2;
      const nextD = m1 * d + m2 * d2;
      a2 = a;
      b2 = b;
      e2 = c;
      d2 = d;
      a = nextA;
      b = nextB;
      c = nextC;
      d = nextD;
      left[i] = left[i]! + (a * jl + b * kl) + (c * ll + d * ml);
      right[i] = right[i]! + (a * jr + b * kr) + (c * lr + d * mr);
    }
    y1[j] = a;
    y2[j] = a2;
    y1[k] = b;
    y2[k] = b2;
    y1[l] = c;
    y2[l] = e2;
    y1[m] = d;
    y2[m] = d2;
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
