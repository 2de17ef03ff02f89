import { cosinePrecise, decay60PerFrame, panGains, sinePrecise } from '../../dsp/maths.ts';
import { SAMPLE_RATE } from '../../dsp/sample-rate.ts';

/** A pool of short decaying sines, for drops, bubbles, splinters. When all are in use the oldest is replaced. */
export class Pings {
  readonly #size: number;
  readonly #c1: Float64Array;
  readonly #c2: Float64Array;
  readonly #y1: Float64Array;
  readonly #y2: Float64Array;
  readonly #left: Float64Array;
  readonly #right: Float64Array;
  readonly #framesLeft: Int32Array;
  #next = 0;

  constructor(size: number) {
    const array = () => new Float64Array(size);
    this.#size = size;
    this.#c1 = array();
    this.#c2 = array();
    this.#y1 = array();
    this.#y2 = array();
    this.#left = array();
    this.#right = array();
    this.#framesLeft = new Int32Array(size);
  }

  /** Starts one. @param seconds Decay time (RT60). @param gain Linear. @param pan -1 left … 1 right. */
  hit(hertz: number, seconds: number, gain: number, pan: number): void {
    const k = this.#next;
    this.#next = (k + 1) % this.#size;
    const radius = decay60PerFrame(seconds);
    const [left, right] = panGains(pan);
    this.#c1[k] = 2 * radius * cosinePrecise(hertz / SAMPLE_RATE);
    this.#c2[k] = -radius * radius;
    this.#y1[k] = 0;
    this.#y2[k] = -gain * sinePrecise(hertz / SAMPLE_RATE);
    this.#left[k] = left;
    this.#right[k] = right;
    this.#framesLeft[k] = Math.round(seconds * 1.2 * SAMPLE_RATE);
  }

  add(left: Float32Array, right: Float32Array, from: number, to: number): void {
    for (let k = 0; k < this.#size; k++) {
      const framesLeft = this.#framesLeft[k]!;
      if (framesLeft <= 0) continue;
      const end = Math.min(to, from + framesLeft);
      const c1 = this.#c1[k]!;
      const c2 = this.#c2[k]!;
      const l = this.#left[k]!;
      const r = this.#right[k]!;
      let y1 = this.#y1[k]!;
      let y2 = this.#y2[k]!;
      for (let i = from; i < end; i++) {
        const y = c1 * y1 + c2 * y2;
        y2 = y1;
        y1 = y;
        left[i] = left[i]! + y * l;
        right[i] = right[i]! + y * r;
      }
      this.#y1[k] = y1;
      this.#y2[k] = y2;
      this.#framesLeft[k] = framesLeft - (to - from);
    }
  }
}
