import { StereoQueue, type Stereo } from './stereo-queue.ts';
import { windowedSinc } from './windowed-sinc.ts';

const TAPS = 48;
const BETA = 8;

/**
 * Converts a stereo stream to another sample rate by windowed-sinc interpolation with exact, rational phases: it does
 * not drift, and all calls together return `round(frames · to / from)` frames that are not shifted in time.
 */
export class Resampler {
  #step: number;
  #phases: number;
  #taps: number;
  #weights: (Float64Array | undefined)[];
  #makeWeights: (phase: number) => Float64Array;
  #queue: StereoQueue;
  /** Number of frames taken and returned. */
  #taken = 0;
  #given = 0;
  /** Position of the next output frame in the queue, in whole frames and phases. */
  #frame = 0;
  #phase = 0;

  /** @param from Input rate, hertz. @param to Output rate. Both whole numbers. */
  constructor(from: number, to: number) {
    if (!isRate(from) || !isRate(to)) {
      throw new TypeError(`Sample rates are whole numbers from 1000 to 768000; ${from} and ${to} came.`);
    }
    const common = greatestCommonDivisor(from, to);
    this.#step = from / common;
    this.#phases = to / common;
    const cutoff = Math.min(1, to / from);
    this.#taps = 2 * Math.ceil(TAPS / 2 / cutoff);
    this.#weights = new Array<Float64Array | undefined>(this.#phases);
    this.#makeWeights = (phase) => windowedSinc(this.#taps, phase / this.#phases, cutoff, BETA);
    // The first output frame is at the first input frame, so half a filter of silence comes before it.
    this.#queue = new StereoQueue(this.#taps / 2 - 1);
  }

  /** Takes frames and returns those that are ready: the last few milliseconds wait for the following frames. */
  push(left: Float32Array, right: Float32Array): Stereo {
    this.#taken += left.length;
    this.#queue.append(left, right);
    return this.#give(Infinity);
  }

  /** Returns the remaining frames. */
  finish(): Stereo {
    const silence = new Float32Array(this.#taps);
    this.#queue.append(silence, silence);
    return this.#give(Math.round((this.#taken * this.#phases) / this.#step) - this.#given);
  }

  #give(most: number): Stereo {
    const queue = this.#queue;
    const available = queue.filled - this.#taps - this.#frame;
    const ready = available < 0 ? 0 : Math.floor((available * this.#phases - this.#phase) / this.#step) + 1;
    const frames = Math.max(0, Math.min(most, ready));
    const left = new Float32Array(frames);
    const right = new Float32Array(frames);
    const taps = this.#taps;
    const inLeft = queue.left;
    const inRight = queue.right;
    let frame = this.#frame;
    let phase = this.#phase;
    for (let index = 0; index < frames; index++) {
      const weights = (this.#weights[phase] ??= this.#makeWeights(phase));
      // Two independent sums per channel, which halves the time.
      let l = 0;
      let r = 0;
      let l2 = 0;
      let r2 = 0;
      for (let tap = 0, at = frame; tap < taps; tap += 2, at += 2) {
        const weight = weights[tap]!;
        const weight2 = weights[tap + 1]!;
        l += inLeft[at]! * weight;
        r += inRight[at]! * weight;
        l2 += inLeft[at + 1]! * weight2;
        r2 += inRight[at + 1]! * weight2;
      }
      left[index] = l + l2;
      right[index] = r + r2;
      phase += this.#step;
      while (phase >= this.#phases) {
        phase -= this.#phases;
        frame++;
      }
    }
    const done = Math.min(frame, queue.filled);
    queue.drop(done);
    this.#frame = frame - done;
    this.#phase = phase;
    this.#given += frames;
    return { left, right };
  }
}

function isRate(rate: number): boolean {
  return Number.isInteger(rate) && rate >= 1000 && rate <= 768_000;
}

function greatestCommonDivisor(a: number, b: number): number {
  return b === 0 ? a : greatestCommonDivisor(b, a % b);
}
