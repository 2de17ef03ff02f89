import { Drift } from '../../dsp/drift.ts';
import { panGains } from '../../dsp/maths.ts';
import { sineOfPhases } from '../../dsp/oscillators.ts';
import type { Random } from '../../dsp/random.ts';
import { SAMPLE_RATE } from '../../dsp/sample-rate.ts';
import { addScaled, newBlock } from '../../dsp/blocks.ts';
import { NoiseBand } from '../sources/noise-band.ts';
import type { AmbienceDef } from '../sound-def.ts';

/** Crickets on a warm night. Intensity is how many. */
export const crickets: AmbienceDef = {
  name: 'crickets',
  kind: 'ambience',
  family: 'animals',
  description: 'crickets chirping',
  place: 'open',
  create: (random, intensity) => {
    const singers = Array.from(
      { length: 3 + Math.round(4 * intensity) },
      (_, i) => new Cricket(random.fork(i)),
    );
    const far = new NoiseBand(random.fork('far'), {
      colour: 'white',
      filter: 'bandpass',
      hertz: 4600,
      quality: 9,
    });
    const air = new NoiseBand(random.fork('air'), {
      colour: 'pink',
      filter: 'lowpass',
      hertz: 500,
      quality: 0.5,
    });
    const drift = new Drift(random, 0.3);
    return (left, right, from, to) => {
      far.add(left, right, from, to, 0.012 * (1 + 0.4 * drift.advance(to - from)));
      air.add(left, right, from, to, 0.008);
      for (const singer of singers) singer.add(left, right, from, to);
      return true;
    };
  },
};

/** One cricket: chirps of 5 to 9 pulses, with pauses of 1 to 3 s every 5 to 14 s. */
class Cricket {
  readonly #random: Random;
  readonly #step: number;
  readonly #pulsesPerSecond: number;
  readonly #pulses: number;
  readonly #chirpSeconds: number;
  readonly #level: number;
  readonly #pan: readonly [number, number];
  readonly #tone = newBlock();
  readonly #wing = newBlock();
  #phase = 0;
  #seconds: number;
  #isSinging = true;
  #untilChange: number;

  constructor(random: Random) {
    this.#random = random;
    this.#step = random.between(3900, 5100) / SAMPLE_RATE;
    this.#pulsesPerSecond = random.between(34, 50);
    this.#pulses = random.integer(5, 9);
    this.#chirpSeconds = random.between(0.3, 0.55);
    this.#level = 0.06 * (0.15 + 0.85 * random.next() * Math.sqrt(random.next()));
    this.#pan = panGains(random.between(-0.95, 0.95));
    this.#seconds = random.between(0, 0.9);
    this.#untilChange = random.between(3, 9);
  }

  add(left: Float32Array, right: Float32Array, from: number, to: number): void {
    if (!this.#writePhases(from, to)) return;
    const tone = this.#tone;
    const wing = this.#wing;
    sineOfPhases(tone, 1, from, to);
    sineOfPhases(wing, 1, from, to);
    for (let i = from; i < to; i++) {
      const s = tone[i]!;
      const w = wing[i]!;
      tone[i] = s * (1 + 0.08 * s) * w * w;
    }
    addScaled(left, tone, this.#level * this.#pan[0], from, to);
    addScaled(right, tone, this.#level * this.#pan[1], from, to);
  }

  /** Writes the phases of the tone and of its amplitude modulation; false while it is silent. */
  #writePhases(from: number, to: number): boolean {
    let isHeard = false;
    for (let i = from; i < to; i++) {
      this.#seconds += 1 / SAMPLE_RATE;
      if (this.#seconds > this.#chirpSeconds) this.#nextChirp();
      const u = this.#seconds * this.#pulsesPerSecond;
      const pulse = Math.floor(u);
      const x = u - pulse;
      const isOn = this.#isSinging && pulse < this.#pulses && x < 0.62;
      this.#wing[i] = isOn ? x / 1.24 : 0;
      isHeard ||= isOn;
      this.#tone[i] = this.#phase += this.#step * (1 - 0.012 * x);
    }
    this.#phase -= Math.floor(this.#phase);
    return isHeard;
  }

  #nextChirp(): void {
    this.#seconds -= this.#chirpSeconds;
    this.#untilChange -= this.#chirpSeconds;
    if (this.#untilChange > 0) return;
    this.#isSinging = !this.#isSinging;
    this.#untilChange = this.#isSinging ? this.#random.between(5, 14) : this.#random.between(1, 3);
  }
}
