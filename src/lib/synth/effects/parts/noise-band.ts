import { addScaled, multiply } from '../../dsp/blocks.ts';
import { BrownNoise, PinkNoise, WhiteNoise } from '../../dsp/noise.ts';
import type { Random } from '../../dsp/random.ts';
import { StateVariableFilter } from '../../dsp/state-variable-filter.ts';
import { emptyBlock } from './source.ts';

/** A band of coloured noise. */
export interface NoiseBandShape {
  colour: 'white' | 'pink' | 'brown';
  filter: 'lowpass' | 'bandpass' | 'highpass';
  hertz: number;
  /** Resonance; 0.7 has no bump. */
  quality?: number;
  /** 0 is mono, 1 is two unrelated sides. */
  width?: number;
}

const NOISES = { white: WhiteNoise, pink: PinkNoise, brown: BrownNoise };

/** Filtered stereo noise whose level glides from block to block: wind, wash, rumble, hiss. */
export class NoiseBand {
  readonly #shape: NoiseBandShape;
  readonly #noises;
  readonly #filters: [StateVariableFilter, StateVariableFilter];
  readonly #a = emptyBlock();
  readonly #b = emptyBlock();
  #levelLeft = 0;
  #levelRight = 0;
  #hasBegun = false;

  constructor(random: Random, shape: NoiseBandShape) {
    const Noise = NOISES[shape.colour];
    this.#shape = shape;
    this.#noises = [new Noise(random.fork('a')), new Noise(random.fork('b'))] as const;
    this.#filters = [
      new StateVariableFilter(shape.hertz, shape.quality),
      new StateVariableFilter(shape.hertz * 1.04, shape.quality),
    ];
  }

  tune(hertz: number, quality = this.#shape.quality): void {
    this.#filters[0].tune(hertz, quality);
    this.#filters[1].tune(hertz * 1.04, quality);
  }

  /** Adds the band at a level; from the second call on the level glides from the last one. */
  add(
    left: Float32Array,
    right: Float32Array,
    from: number,
    to: number,
    level: number,
    levelRight = level,
  ): void {
    this.#draw(from, to);
    if (!this.#hasBegun) {
      this.#hasBegun = true;
      this.#levelLeft = level;
      this.#levelRight = levelRight;
    }
    addScaled(left, this.#a, this.#levelLeft, from, to, level);
    addScaled(right, this.#b, this.#levelRight, from, to, levelRight);
    this.#levelLeft = level;
    this.#levelRight = levelRight;
  }

  /** Adds the band multiplied by an envelope of its own for each side. */
  addUnder(
    left: Float32Array,
    right: Float32Array,
    from: number,
    to: number,
    envelopeLeft: Float32Array,
    envelopeRight: Float32Array,
    gain: number,
  ): void {
    this.#draw(from, to);
    multiply(this.#a, envelopeLeft, from, to);
    multiply(this.#b, envelopeRight, from, to);
    addScaled(left, this.#a, gain, from, to);
    addScaled(right, this.#b, gain, from, to);
  }

  #draw(from: number, to: number): void {
    const { filter, width = 0.8 } = this.#shape;
    const a = this.#a;
    const b = this.#b;
    this.#noises[0].fill(a, from, to);
    if (width === 0) {
      this.#filters[0][filter](a, a, from, to);
      b.set(a.subarray(from, to), from);
      return;
    }
    this.#noises[1].fill(b, from, to);
    const own = 1 / Math.sqrt(1 + (1 - width) * (1 - width));
    const other = (1 - width) * own;
    for (let i = from; i < to; i++) {
      const x = a[i]!;
      const y = b[i]!;
      a[i] = x * own + y * other;
      b[i] = y * own + x * other;
    }
    this.#filters[0][filter](a, a, from, to);
    this.#filters[1][filter](b, b, from, to);
  }
}
