import { gatedLoudness } from './gated-loudness.ts';
import { GrowingList } from './growing-list.ts';
import { KWeightedEnergy } from './k-weighted-energy.ts';

/**
 * Measures the integrated loudness (ITU-R BS.1770-4, EBU R 128) of sound in pieces of any length. All channels have the
 * weight 1, as for mono and stereo. Memory: 8 bytes per 100 ms.
 */
export class LoudnessMeter {
  #weighted: KWeightedEnergy;
  #hopFrames: number;
  #hops = new GrowingList();
  #energy = 0;
  #frames = 0;

  constructor(sampleRate: number, channels = 2) {
    this.#weighted = new KWeightedEnergy(sampleRate, channels);
    this.#hopFrames = Math.round(sampleRate / 10);
  }

  /** Adds the frames [start … end) of each channel. */
  add(channels: readonly Float32Array[], start = 0, end = channels[0]!.length): void {
    for (let from = start; from < end;) {
      const to = Math.min(end, from + this.#hopFrames - this.#frames);
      this.#energy += this.#weighted.next(channels, from, to);
      this.#frames += to - from;
      from = to;
      if (this.#frames === this.#hopFrames) this.#endHop();
    }
  }

  /** Integrated loudness so far in LUFS; null for silence. */
  get loudnessLufs(): number | null {
    const hops = this.#hops.values;
    if (hops.length >= 4 || this.#frames === 0) return gatedLoudness(hops);
    // Shorter than a gating block: the whole sound is one block.
    let energy = this.#energy;
    for (const hop of hops) energy += hop * this.#hopFrames;
    return gatedLoudness(Float64Array.of(energy / (hops.length * this.#hopFrames + this.#frames)));
  }

  #endHop(): void {
    this.#hops.push(this.#energy / this.#hopFrames);
    this.#energy = 0;
    this.#frames = 0;
  }
}
