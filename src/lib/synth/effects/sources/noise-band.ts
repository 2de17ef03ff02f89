import { newBlock } from '../../dsp/blocks.ts';
import { BrownNoise, PinkNoise, WhiteNoise } from '../../dsp/noise.ts';
import type { Random } from '../../dsp/random.ts';
import { StereoBiquad, type FilterType } from '../../dsp/stereo-biquad.ts';

/** Parameters of a band of noise. */
export interface NoiseBandShape {
  colour: 'white' | 'pink' | 'brown';
  filter: FilterType;
  hertz: number;
  /** Q factor; 0.707 by default, which has no resonance. */
  quality?: number;
  /** Stereo width: 0 mono … 1 uncorrelated channels; 0.8 by default. */
  width?: number;
}

const noiseLeft = newBlock();
const noiseRight = newBlock();
const bandLeft = newBlock();
const bandRight = newBlock();
/** A linear level (-106 dB) below which the band is not rendered. */
const INAUDIBLE = 5e-6;

/** Filtered stereo noise with a level that is ramped from block to block: wind, wash, rumble, hiss. */
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

  /** Adds the band at a linear level; from the second call on it is ramped from the level of the call before. */
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

  /** Adds the band multiplied by an envelope per channel, which holds a level per frame. */
  addEnveloped(
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

const COLOURS = { white: WhiteNoise, pink: PinkNoise, brown: BrownNoise };

/** Stereo noise with a given correlation of the channels. */
class StereoNoise {
  readonly #left: WhiteNoise | PinkNoise | BrownNoise;
  readonly #right: WhiteNoise | PinkNoise | BrownNoise;
  readonly #own: number;
  readonly #other: number;

  /** @param width 0 mono … 1 uncorrelated. */
  constructor(random: Random, colour: keyof typeof COLOURS, width: number) {
    this.#left = new COLOURS[colour](random.fork('a'));
    this.#right = new COLOURS[colour](random.fork('b'));
    // The sum of both has the energy of one.
    this.#own = 1 / Math.sqrt(1 + (1 - width) * (1 - width));
    this.#other = (1 - width) * this.#own;
  }

  /** Overwrites the frames [from … to) of both channels. */
  fill(left: Float32Array, right: Float32Array, from: number, to: number): void {
    const [first, second] = [this.#left, this.#right];
    const own = this.#own;
    const other = this.#other;
    if (first instanceof WhiteNoise && second instanceof WhiteNoise) {
      WhiteNoise.fillStereo(first, second, left, right, own, other, from, to);
      return;
    }
    first.fill(left, from, to);
    second.fill(right, from, to);
    for (let i = from; i < to; i++) {
      const x = left[i]!;
      const y = right[i]!;
      left[i] = x * own + y * other;
      right[i] = y * own + x * other;
    }
  }
}
