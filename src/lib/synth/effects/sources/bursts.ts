import { decayPerFrame } from '../../dsp/maths.ts';
import type { Random } from '../../dsp/random.ts';
import { SAMPLE_RATE } from '../../dsp/sample-rate.ts';

const VOICES = 8;

/** One burst. */
export interface Burst {
  /** Initial level, linear. */
  level: number;
  /** Time constant of its decay (to 1/e). */
  seconds: number;
  /** 0 left … 1 right. */
  side: number;
}

/** Envelopes of exponentially decaying bursts at random times (a Poisson process): rain drops, a crackling fire. */
export class Bursts {
  readonly #random: Random;
  readonly #make: (random: Random) => Burst;
  readonly #level = new Float64Array(VOICES);
  readonly #decay = new Float64Array(VOICES);
  readonly #side = new Float64Array(VOICES);
  #voice = 0;
  #wait: number;

  constructor(random: Random, make: (random: Random) => Burst) {
    this.#random = random;
    this.#make = make;
    this.#wait = random.exponential(SAMPLE_RATE * 0.02);
  }

  /** Overwrites the envelopes of both channels. @param perSecond The current mean rate. */
  fill(left: Float32Array, right: Float32Array, from: number, to: number, perSecond: number): void {
    left.fill(0, from, to);
    right.fill(0, from, to);
    let start = from;
    while (start < to) {
      const end = Math.min(to, start + Math.max(1, Math.ceil(this.#wait)));
      this.#ring(left, right, start, end);
      this.#wait -= end - start;
      start = end;
      if (this.#wait <= 0) this.#begin(perSecond);
    }
  }

  #begin(perSecond: number): void {
    const burst = this.#make(this.#random);
    const k = (this.#voice = (this.#voice + 1) % VOICES);
    this.#level[k] = burst.level;
    this.#decay[k] = decayPerFrame(burst.seconds);
    this.#side[k] = burst.side;
    this.#wait = Math.max(1, this.#random.exponential(SAMPLE_RATE / Math.max(0.1, perSecond)));
  }

  #ring(left: Float32Array, right: Float32Array, from: number, to: number): void {
    for (let k = 0; k < VOICES; k++) {
      let level = this.#level[k]!;
      if (level < 1e-5) continue;
      const decay = this.#decay[k]!;
      const r = this.#side[k]!;
      const l = 1 - r;
      for (let i = from; i < to; i++) {
        level *= decay;
        left[i] = left[i]! + level * l;
        right[i] = right[i]! + level * r;
      }
      this.#level[k] = level;
    }
  }
}
