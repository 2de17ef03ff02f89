import { addScaled, newBlock } from '../../dsp/blocks.ts';
import { lerp, panGains, smoothstep } from '../../dsp/maths.ts';
import { WhiteNoise } from '../../dsp/noise.ts';
import { OnePole } from '../../dsp/one-pole.ts';
import { addSaw } from '../../dsp/oscillators.ts';
import type { Random } from '../../dsp/random.ts';
import { SAMPLE_RATE } from '../../dsp/sample-rate.ts';
import { StateVariableFilter } from '../../dsp/state-variable-filter.ts';

/** Formants of seven vowels, Hz. */
const VOWELS: readonly (readonly [number, number, number])[] = [
  [300, 2250, 2950],
  [420, 1950, 2550],
  [580, 1750, 2450],
  [720, 1250, 2450],
  [560, 900, 2400],
  [350, 750, 2300],
  [480, 1400, 2300],
];
const FORMANT_QUALITY = [5, 8, 9];
const FORMANT_GAIN = [1.2, 1.1, 0.8];

/** A voice without language: random vowels with the rhythm and the intonation of speech. */
export class Babbler {
  readonly #random: Random;
  readonly #hertz: number;
  readonly #throat: number;
  readonly #syllablesPerSecond: number;
  readonly #level: number;
  readonly #pan: readonly [number, number];
  readonly #breath: WhiteNoise;
  readonly #formants = FORMANT_QUALITY.map((quality) => new StateVariableFilter(1000, quality));
  readonly #tilt = new OnePole(900);
  readonly #far: OnePole;
  readonly #consonant = new StateVariableFilter(3200, 0.8);
  readonly #cords = newBlock();
  readonly #noise = newBlock();
  readonly #voice = newBlock();
  #phase: number;
  #isTalking: boolean;
  #untilTurn: number;
  #seconds = 0;
  #syllableSeconds = 0.2;
  #from = VOWELS[0]!;
  #to = VOWELS[0]!;
  #stress = 1;
  #pitch = 1;
  #declination = 1;
  #hiss = 0;
  #loudness = 0;

  constructor(random: Random) {
    const isDeep = random.chance(0.55);
    this.#random = random.fork('talk');
    this.#hertz = isDeep ? random.between(92, 135) : random.between(165, 225);
    this.#throat = isDeep ? 1 : 1.15;
    this.#syllablesPerSecond = random.between(3.8, 5.6);
    this.#level = 0.28 * (0.25 + 0.75 * random.next());
    this.#pan = panGains(random.between(-0.9, 0.9));
    this.#breath = new WhiteNoise(random);
    this.#far = new OnePole(random.between(1800, 5200));
    this.#phase = random.next();
    this.#isTalking = random.chance(0.5);
    this.#untilTurn = random.between(0.2, 2);
    this.#seconds = 1;
  }

  add(left: Float32Array, right: Float32Array, from: number, to: number): void {
    const elapsed = (to - from) / SAMPLE_RATE;
    this.#takeTurns(elapsed);
    const x = this.#seconds / this.#syllableSeconds;
    const loudness = this.#isTalking ? smoothstep(x * 3.5) * smoothstep((1 - x) * 2.6) * this.#stress : 0;
    if (loudness > 5e-4 || this.#loudness > 5e-4) this.#speak(left, right, from, to, x, loudness);
    this.#loudness = loudness;
  }

  #takeTurns(elapsed: number): void {
    const random = this.#random;
    this.#untilTurn -= elapsed;
    this.#seconds += elapsed;
    if (this.#untilTurn < 0) {
      this.#isTalking = !this.#isTalking;
      this.#untilTurn = this.#isTalking ? random.between(1, 3.2) : random.exponential(1.1) + 0.25;
      this.#declination = 1.12;
    }
    if (this.#seconds > this.#syllableSeconds) {
      this.#seconds = 0;
      this.#syllableSeconds = 1 / (this.#syllablesPerSecond * random.between(0.7, 1.5));
      this.#from = this.#to;
      this.#to = random.pick(VOWELS);
      this.#stress = random.between(0.35, 1);
      this.#pitch = random.between(0.9, 1.15);
      this.#hiss = random.chance(0.45) ? random.between(0.3, 1) : 0;
      this.#declination = Math.max(0.85, this.#declination - 0.025);
    }
  }

  #speak(
    left: Float32Array,
    right: Float32Array,
    from: number,
    to: number,
    x: number,
    loudness: number,
  ): void {
    const cords = this.#cords;
    const noise = this.#noise;
    const voice = this.#voice;
    const hertz = this.#hertz * this.#declination * lerp(this.#pitch, 1, x);
    cords.fill(0, from, to);
    voice.fill(0, from, to);
    this.#breath.fill(noise, from, to);
    this.#phase = addSaw(cords, this.#phase, hertz / SAMPLE_RATE, 1, from, to);
    this.#tilt.lowpass(cords, cords, from, to);
    addScaled(cords, noise, 0.015, from, to);
    const glide = smoothstep(x * 2);
    this.#formants.forEach((formant, k) => {
      formant.tune(lerp(this.#from[k]!, this.#to[k]!, glide) * this.#throat, FORMANT_QUALITY[k]);
      const gain = FORMANT_GAIN[k]!;
      formant.addBandpass(cords, voice, gain * this.#loudness, from, to, gain * loudness);
    });
    if (this.#hiss > 0 && x < 0.22) {
      this.#consonant.highpass(noise, noise, from, to);
      addScaled(voice, noise, this.#hiss * (1 - x / 0.22) * 0.05, from, to);
    }
    this.#far.lowpass(voice, voice, from, to);
    addScaled(left, voice, this.#level * this.#pan[0], from, to);
    addScaled(right, voice, this.#level * this.#pan[1], from, to);
  }
}
