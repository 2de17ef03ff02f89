import { smoothstep } from './maths.ts';
import type { Random } from './random.ts';
import { SAMPLE_RATE } from './sample-rate.ts';

/** A smooth random modulator, -1 … 1, for wind, wow and slow filters: random targets, smoothstep between them. */
export class Drift {
  readonly #random: Random;
  readonly #ratePerSecond: number;
  #from: number;
  #to: number;
  #position: number;
  #length: number;

  /** @param ratePerSecond Mean number of new targets per second. */
  constructor(random: Random, ratePerSecond: number) {
    this.#random = random.fork('drift');
    this.#ratePerSecond = ratePerSecond;
    this.#from = this.#random.between(-1, 1);
    this.#to = this.#random.between(-1, 1);
    this.#length = this.#nextLength();
    this.#position = this.#random.next() * this.#length;
  }

  /** Advances by a number of frames, usually a block, and returns the value there. */
  advance(frames: number): number {
    this.#position += frames;
    while (this.#position >= this.#length) {
      this.#position -= this.#length;
      this.#from = this.#to;
      this.#to = this.#random.between(-1, 1);
      this.#length = this.#nextLength();
    }
    return this.#from + (this.#to - this.#from) * smoothstep(this.#position / this.#length);
  }

  #nextLength(): number {
    return (SAMPLE_RATE / this.#ratePerSecond) * this.#random.between(0.5, 1.5);
  }
}
