import { addPair, multiply } from '../../dsp/blocks.ts';
import type { Random } from '../../dsp/random.ts';
import { StereoFilter } from '../../dsp/stereo-filter.ts';
import { emptyBlock } from './source.ts';
import { StereoNoise } from './stereo-noise.ts';

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

/** The right side is tuned higher by this factor, so that both never ring alike. */
const APART = 1.04;
/** A level (linear) at which nobody hears the band: -106 dB. */
const INAUDIBLE = 5e-6;

/** Filtered stereo noise whose level glides from block to block: wind, wash, rumble, hiss. It rests while inaudible. */
export class NoiseBand {
  readonly #shape: NoiseBandShape;
  readonly #noise: StereoNoise;
  readonly #filter: StereoFilter;
  readonly #a = emptyBlock();
  readonly #b = emptyBlock();
  #levelLeft = 0;
  #levelRight = 0;
  #hasBegun = false;

  constructor(random: Random, shape: NoiseBandShape) {
    this.#shape = shape;
    this.#noise = new StereoNoise(random, shape.colour, shape.width ?? 0.8);
    this.#filter = new StereoFilter(shape.hertz, shape.quality, shape.width === 0 ? 1 : APART);
  }

  tune(hertz: number, quality = this.#shape.quality): void {
    this.#filter.tune(hertz, quality, this.#shape.width === 0 ? 1 : APART);
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
    const fromLeft = this.#hasBegun ? this.#levelLeft : level;
    const fromRight = this.#hasBegun ? this.#levelRight : levelRight;
    this.#hasBegun = true;
    this.#levelLeft = level;
    this.#levelRight = levelRight;
    if (isFaint(level) && isFaint(levelRight) && isFaint(fromLeft) && isFaint(fromRight)) return;
    this.#draw(from, to);
    addPair(left, right, this.#a, this.#b, fromLeft, fromRight, from, to, level, levelRight);
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
    addPair(left, right, this.#a, this.#b, gain, gain, from, to);
  }

  #draw(from: number, to: number): void {
    this.#noise.fill(this.#a, this.#b, from, to);
    this.#filter[this.#shape.filter](this.#a, this.#b, from, to);
  }
}

function isFaint(level: number): boolean {
  return level < INAUDIBLE && level > -INAUDIBLE;
}
