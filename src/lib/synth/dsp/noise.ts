import type { Random } from './random.ts';

/** White noise, -1 … 1 (xorshift32, Marsaglia, 2003). */
export class WhiteNoise {
  #state: number;

  constructor(random: Random) {
    this.#state = random.uint32() | 1;
  }

  /** Overwrites out[from … to). */
  fill(out: Float32Array, from = 0, to = out.length): void {
    let s = this.#state;
    for (let i = from; i < to; i++) {
      s ^= s << 13;
      s ^= s >>> 17;
      s ^= s << 5;
      out[i] = s * 4.656612875245797e-10;
    }
    this.#state = s;
  }

  /** Overwrites both outputs in one loop: `own` × the noise of its channel + `other` × that of the other channel. */
  static fillStereo(
    first: WhiteNoise,
    second: WhiteNoise,
    left: Float32Array,
    right: Float32Array,
    own: number,
    other: number,
    from: number,
    to: number,
  ): void {
    let s = first.#state;
    let t = second.#state;
    const a = own * 4.656612875245797e-10;
    const b = other * 4.656612875245797e-10;
    for (let i = from; i < to; i++) {
      s ^= s << 13;
      t ^= t << 13;
      s ^= s >>> 17;
      t ^= t >>> 17;
      s ^= s << 5;
      t ^= t << 5;
      left[i] = s * a + t * b;
      right[i] = t * a + s * b;
    }
    first.#state = s;
    second.#state = t;
  }
}

/** Pink noise (-3 dB per octave, Paul Kellet's economy filter), about -1 … 1. */
export class PinkNoise {
  #state: number;
  #b0 = 0;
  #b1 = 0;
  #b2 = 0;

  constructor(random: Random) {
    this.#state = random.uint32() | 1;
  }

  /** Overwrites out[from … to). */
  fill(out: Float32Array, from = 0, to = out.length): void {
    let s = this.#state;
    let b0 = this.#b0;
    let b1 = this.#b1;
    let b2 = this.#b2;
    for (let i = from; i < to; i++) {
      s ^= s << 13;
      s ^= s >>> 17;
      s ^= s << 5;
      const white = s * 4.656612875245797e-10;
      b0 = 0.99765 * b0 + white * 0.099046;
      b1 = 0.963 * b1 + white * 0.2965164;
      b2 = 0.57 * b2 + white * 1.0526913;
      out[i] = (b0 + b1 + b2 + white * 0.1848) * 0.25;
    }
    this.#state = s;
    this.#b0 = b0;
    this.#b1 = b1;
    this.#b2 = b2;
  }
}

/** Brown noise (-6 dB per octave), about -1 … 1: a leaky integrator of white noise. */
export class BrownNoise {
  #state: number;
  #y = 0;

  constructor(random: Random) {
    this.#state = random.uint32() | 1;
  }

  /** Overwrites out[from … to). */
  fill(out: Float32Array, from = 0, to = out.length): void {
    let s = this.#state;
    let y = this.#y;
    for (let i = from; i < to; i++) {
      s ^= s << 13;
      s ^= s >>> 17;
      s ^= s << 5;
      y = y * 0.998 + s * 2.7939677e-11;
      out[i] = y;
    }
    this.#state = s;
    this.#y = y;
  }
}
