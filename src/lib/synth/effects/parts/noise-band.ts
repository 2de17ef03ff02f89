import type { Random } from '../../dsp/random.ts';
import { StereoBiquad, type FilterType } from '../../dsp/stereo-biquad.ts';
import { emptyBlock } from './source.ts';
import { StereoNoise } from './stereo-noise.ts';

/** A band of coloured noise. */
export interface NoiseBandShape {
  colour: 'white' | 'pink' | 'brown';
  filter: FilterType;
  hertz: number;
  /** Resonance; 0.7 has no bump. */
  quality?: number;
  /** 0 is mono, 1 is two unrelated sides. */
  width?: number;
}

const noiseLeft = emptyBlock();
const noiseRight = emptyBlock();
const bandLeft = emptyBlock();
const bandRight = emptyBlock();
/** A level (linear) at which nobody hears the band: -106 dB. */
const INAUDIBLE = 5e-6;

/** Filtered stereo noise whose level glides from block to block: wind, wash, rumble, hiss. It rests while inaudible. */
export class NoiseBand {
  readonly #shape: NoiseBandShape;
  readonly #noise: StereoNoise;
  readonly #filter: StereoBiquad;
  #levelLeft = 0;
  #levelRight = 0;
  #hasBegun = false;

  constructor(random: Random, shape: NoiseBandShape) {
    this.#shape = shape;
    this.#noise = new StereoNoise(random, shape.colour, shape.width ?? 0.8);
    this.#filter = new StereoBiquad(shape.filter, shape.hertz, shape.quality);
  }

  tune(hertz: number, quality = this.#shape.quality): void {
    this.#filter.tune(hertz, quality);
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
    this.#noise.fill(noiseLeft, noiseRight, from, to);
    this.#filter.add(noiseLeft, noiseRight, left, right, fromLeft, fromRight, from, to, level, levelRight);
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
    this.#noise.fill(noiseLeft, noiseRight, from, to);
    bandLeft.fill(0, from, to);
    bandRight.fill(0, from, to);
    this.#filter.add(noiseLeft, noiseRight, bandLeft, bandRight, gain, gain, from, to, gain, gain);
    for (let i = from; i < to; i++) {
      left[i] = left[i]! + bandLeft[i]! * envelopeLeft[i]!;
      right[i] = right[i]! + bandRight[i]! * envelopeRight[i]!;
    }
  }
}

function isFaint(level: number): boolean {
  return level < INAUDIBLE && level > -INAUDIBLE;
}
