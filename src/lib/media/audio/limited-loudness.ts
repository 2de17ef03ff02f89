import { gainOfDb } from './decibels.ts';
import { gatedLoudness } from './gated-loudness.ts';
import { KWeightedEnergy } from './k-weighted-energy.ts';
import { largestMagnitude } from './largest-magnitude.ts';
import { LIMITER_AHEAD, LIMITER_STEP, LimiterGain } from './limiter-gain.ts';

const CLOSE_ENOUGH_LU = 0.05;
const MAX_TRIES = 12;

/**
 * Predicts the loudness of a stereo mix of known length after a gain and the limiter, without keeping the sound: it
 * stores the peak and the weighted energy of every step of the limiter (12 kB per second at 48 kHz).
 * Inter-sample peaks are ignored, so the real loudness is up to some tenths of a LU lower under strong limiting.
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

  /** @param ceiling Of the limiter, 1 at full scale. @param frames Number of frames in all. */
  constructor(ceiling: number, sampleRate: number, frames: number) {
    this.#ceiling = ceiling;
    this.#sampleRate = sampleRate;
    this.#frames = frames;
    this.#weighted = new KWeightedEnergy(sampleRate, 2);
    this.#peaks = new Float32Array(Math.ceil(frames / LIMITER_STEP));
    this.#energies = new Float32Array(this.#peaks.length);
  }

  /** Adds the next frames, any number of them. */
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

  /** Integrated loudness after a gain in dB and the limiter, LUFS; null for silence. */
  loudnessAt(gainDb: number): number | null {
    const gain = gainOfDb(gainDb);
    const isLimited = this.#largest * gain > this.#ceiling;
    return gatedLoudness(this.#hops(isLimited ? this.#limitedEnergies(gain) : this.#energies, gain * gain));
  }

  /**
   * The gain in dB, at most `largestDb`, that gives a loudness after the limiter; 0 for silence.
   * Rounded to hundredths, so that the same sound has the same gain in every browser.
   */
  gainFor(lufs: number, largestDb: number): number {
    const plain = gatedLoudness(this.#hops(this.#energies, 1));
    if (plain === null) return 0;
    let low = Math.min(largestDb, lufs - plain);
    let high = largestDb;
    let gain = low;
    let slope = 1;
    let before: { gain: number; reached: number } = { gain: 0, reached: plain };
    for (let tries = 0; tries < MAX_TRIES; tries++) {
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
    // The gain of a step is known after the look-ahead.
    for (let step = 0; step < limited.length + LIMITER_AHEAD; step++) {
      const next = limiter.next((this.#peaks[step] ?? 0) * gain);
      const middle = (before + next) / 2;
      before = next;
      const done = step - LIMITER_AHEAD;
      if (done >= 0) limited[done] = this.#energies[done]! * middle * middle;
    }
    return limited;
  }

  /** Mean squares of 100 ms each, as the loudness standard needs them; of shorter sound, one for all of it. */
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
