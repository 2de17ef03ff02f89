import { log } from './maths.ts';

/** A stream of random numbers, seeded by its name. */
export class Random {
  readonly name: string;
  #a: number;
  #b: number;
  #c: number;
  #d: number;

  constructor(name: string) {
    this.name = name;
    let a = 1779033703;
    let b = 3144134277;
    let c = 1013904242;
    let d = 2773480762;
    for (let i = 0; i < name.length; i++) {
      const code = name.charCodeAt(i);
      a = b ^ Math.imul(a ^ code, 597399067);
      b = c ^ Math.imul(b ^ code, 2869860233);
      c = d ^ Math.imul(c ^ code, 951274213);
      d = a ^ Math.imul(d ^ code, 2716044179);
    }
    this.#a = a | 0;
    this.#b = b | 0;
    this.#c = c | 0;
    this.#d = d | 1;
    for (let i = 0; i < 12; i++) this.uint32();
  }

  /** An independent stream whose name is a path below this one's. It does not depend on what was drawn before. */
  fork(name: string | number): Random {
    return new Random(`${this.name}/${name}`);
  }

  /** An integer 0 … 2³²-1 (sfc32 by Chris Doty-Humphrey). */
  uint32(): number {
    const t = (((this.#a + this.#b) | 0) + this.#d) | 0;
    this.#d = (this.#d + 1) | 0;
    this.#a = this.#b ^ (this.#b >>> 9);
    this.#b = (this.#c + (this.#c << 3)) | 0;
    this.#c = (this.#c << 21) | (this.#c >>> 11);
    this.#c = (this.#c + t) | 0;
    return t >>> 0;
  }

  /** 0 ≤ x < 1. */
  next(): number {
    return this.uint32() * 2.3283064365386963e-10;
  }

  /** low ≤ x < high. */
  between(low: number, high: number): number {
    return low + (high - low) * this.next();
  }

  /** An integer from low to high, inclusive. */
  integer(low: number, high: number): number {
    return low + Math.floor((high - low + 1) * this.next());
  }

  /** A random item. @throws TypeError when there are none. */
  pick<T>(items: readonly T[]): T {
    if (items.length === 0) throw new TypeError('There is nothing to pick from: the list is empty.');
    return items[Math.floor(this.next() * items.length)] as T;
  }

  /** True with the given probability. */
  chance(probability: number): boolean {
    return this.next() < probability;
  }

  /** Approximately normal: mean 0, standard deviation 1, within ±3.5 (a sum of four uniform numbers). */
  gaussian(): number {
    return (this.next() + this.next() + this.next() + this.next() - 2) * 1.7320508075688772;
  }

  /** Exponentially distributed with a mean, such as the time between random events (Poisson). */
  exponential(mean: number): number {
    return -mean * log(1 - this.next());
  }
}

/** The random stream of a name, e.g. `random('17/music/3')`. */
export function random(name: string): Random {
  return new Random(name);
}
