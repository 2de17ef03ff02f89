import { cosinePrecise, decay60PerFrame, panGains, sinePrecise } from './maths.ts';
import { SAMPLE_RATE } from './sample-rate.ts';

/** A mode of a resonating body: a decaying sine. */
export interface Mode {
  hertz: number;
  gain: number;
  /** Decay time (RT60), seconds. */
  seconds: number;
  /** -1 … 1, 0 when left out. */
  pan?: number;
}

/** Squared amplitude (-92 dB) below which a mode is not computed. */
const INAUDIBLE = 6e-10;

/** Modal synthesis: a bank of two-pole resonators. Modes outside 10 Hz … 20 kHz are left out. */
export class ModalBank {
  readonly #size: number;
  readonly #c1: Float64Array;
  readonly #c2: Float64Array;
  readonly #strike: Float64Array;
  readonly #left: Float64Array;
  readonly #right: Float64Array;
  readonly #y1: Float64Array;
  readonly #y2: Float64Array;
  /** 1 / sin² of each mode's angular frequency: scales the quadratic form of its state to its squared amplitude. */
  readonly #energy: Float64Array;
  /** Indices of the modes that are audible now. */
  readonly #heard: Int32Array;

  constructor(modes: readonly Mode[]) {
    const audible = modes.filter((mode) => mode.hertz > 10 && mode.hertz < 20_000);
    this.#size = audible.length;
    // One more, which stays silent.
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
      const r = decay60PerFrame(mode.seconds);
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

  /** Strikes the body: each mode starts as a sine with an amplitude of about `gain` × its own gain. */
  strike(gain: number): void {
    for (let k = 0; k < this.#size; k++) this.#y1[k] = this.#y1[k]! + gain * this.#strike[k]!;
  }

  /** True when all modes have decayed below -92 dB. */
  get isSilent(): boolean {
    for (let k = 0; k < this.#size; k++) if (this.#isAudible(k)) return false;
    return true;
  }

  #isAudible(k: number): boolean {
    const u = this.#y1[k]!;
    const v = this.#y2[k]!;
    return (u * u + v * v - this.#c1[k]! * u * v) * this.#energy[k]! > INAUDIBLE;
  }

  /** Adds the modes to both outputs; pass the same array twice for mono. */
  add(left: Float32Array, right: Float32Array, gain: number, from = 0, to = left.length): void {
    if (left === right) {
      for (let k = 0; k < this.#size; k++) if (this.#isAudible(k)) this.#addMono(k, left, gain, from, to);
      return;
    }
    // Four modes per loop: a quarter of the reads and writes of the outputs, and four independent recursions.
    const heard = this.#heard;
    let count = 0;
    for (let k = 0; k < this.#size; k++) if (this.#isAudible(k)) heard[count++] = k;
    // The last four are filled up with the silent mode.
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

  /** Adds the response of the body to an excitation (mono), such as rubbing or blowing. */
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
