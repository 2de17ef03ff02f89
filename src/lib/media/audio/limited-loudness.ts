import { gainOfDb } from './decibels.ts';
import { gatedLoudness } from './gated-loudness.ts';
import { KWeightedEnergy } from './k-weighted-energy.ts';
import { largestMagnitude } from './largest-magnitude.ts';
import { LIMITER_AHEAD, LIMITER_STEP, LimiterGain } from './limiter-gain.ts';

const CLOSE_ENOUGH_LU = 0.05;
const MOST_TRIES = 12;

/**
 * Foretells how loud a stereo mix of known length will be behind a gain and the limiter, without the sound itself:
 * it keeps the peak and the weighted energy of every step of the limiter (12 kB per second at 48 kHz).
 * Crests between samples are left out, so the truth is up to some tenths of a LU lower where the limiter works hard.
 */
export class LimitedLoudness {
  #ceiling: number;
  #sampleRate: number;
  #frames: number;
  #weighted: KWeightedEnergy;
  #peaks: Float32Array;
  #energies: Float32Array;
  #taken = 0;
  #largest = 0;

  /** @param ceiling Of the limiter, 1 at full scale. @param frames How many will come in all. */
  constructor(ceiling: number, sampleRate: number, frames: number) {
    this.#ceiling = ceiling;
    this.#sampleRate = sampleRate;
    this.#frames = frames;
    this.#weighted = new KWeightedEnergy(sampleRate, 2);
    this.#peaks = new Float32Array(Math.ceil(frames / LIMITER_STEP));
    this.#energies = new Float32Array(this.#peaks.length);
  }

  /** Takes what comes next, any length. */
  add(left: Float32Array, right: Float32Array): void {
    const channels = [left, right];
    for (let from = 0; from < left.length;) {
      const step = Math.floor(this.#taken / LIMITER_STEP);
      const to = Math.min(left.length, from + (step + 1) * LIMITER_STEP - this.#taken);
      this.#energies[step]! += this.#weighted.next(channels, from, to);
      const peak = Math.max(
        this.#peaks[step]!,
        largestMagnitude(left, from, to),
        largestMagnitude(right, from, to),
      );
      this.#peaks[step] = peak;
      if (peak > this.#largest) this.#largest = peak;
      this.#taken += to - from;
      from = to;
    }
  }

  /** Integrated loudness behind a gain in dB and the limiter, LUFS; null for silence. */
  loudnessAt(gainDb: number): number | null {
    const gain = gainOfDb(gainDb);
    const isLimited = this.#largest * gain > this.#ceiling;
    return gatedLoudness(this.#hops(isLimited ? this.#limitedEnergies(gain) : this.#energies, gain * gain));
  }

  /**
   * The gain in dB that brings the sound to a loudness behind the limiter, `largestDb` at most; 0 for silence.
   * Rounded to hundredths, so that the same sound gives the same gain in every browser.
   */
  gainFor(lufs: number, largestDb: number): number {
    const plain = gatedLoudness(this.#hops(this.#energies, 1));
    if (plain === null) return 0;
    let low = Math.min(largestDb, lufs - plain);
    let high = largestDb;
    let gain = low;
    let slope = 1;
    let before: { gain: number; reached: number } = { gain: 0, reached: plain };
    for (let tries = 0; tries < MOST_TRIES; tries++) {
      const reached = this.loudnessAt(gain) ?? plain;
      const missing = lufs - reached;
      if (Math.abs(missing) < CLOSE_ENOUGH_LU || high - low < CLOSE_ENOUGH_LU) break;
      if (missing > 0) low = gain;
      else high = gain;
      if (gain !== before.gain) slope = (reached - before.reached) / (gain - before.gain);
      before = { gain, reached };
      const guess = gain + missing / Math.max(0.1, slope);
      gain = guess > low && guess < high ? guess : (low + high) / 2;
    }
    return Math.round(gain * 100) / 100;
  }

  #limitedEnergies(gain: number): Float32Array {
    const limiter = new LimiterGain(this.#ceiling, this.#sampleRate);
    const limited = new Float32Array(this.#energies.length);
    let before = 1;
    // The gain of a step is known once the steps ahead of it have been seen.
    for (let step = 0; step < limited.length + LIMITER_AHEAD; step++) {
      const next = limiter.next((this.#peaks[step] ?? 0) * gain);
      const middle = (before + next) / 2;
      before = next;
      const done = step - LIMITER_AHEAD;
      if (done >= 0) limited[done] = this.#energies[done]! * middle * middle;
    }
    return limited;
  }

  /** Mean squares of 100 ms each, as the loudness standard wants them; of shorter sound, the mean square of all. */
  #hops(energies: Float32Array, power: number): Float64Array {
    const hopFrames = Math.round(this.#sampleRate / 10);
    const count = Math.floor(this.#frames / hopFrames);
    const hops = new Float64Array(count < 4 ? 1 : count);
    const frames = count < 4 ? this.#frames : hopFrames;
    for (let step = 0; step < energies.length; step++) {
      const hop = Math.floor((step * LIMITER_STEP) / frames);
      if (hop < hops.length) hops[hop]! += (energies[step]! * power) / frames;
    }
    return hops;
  }
}
