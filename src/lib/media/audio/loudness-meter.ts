import { gatedLoudness } from './gated-loudness.ts';
import { GrowingList } from './growing-list.ts';
import { kWeighting, type Biquad } from './k-weighting.ts';

/** Below this the memory of a filter is cleared: numbers near the smallest ones make processors slow. */
const SILENCE = 1e-30;

/**
 * Measures integrated loudness (ITU-R BS.1770-4, EBU R 128) of sound that comes in pieces of any size.
 * All channels count alike, which is right for mono and stereo. Memory: 8 bytes per 100 ms.
 */
export class LoudnessMeter {
  #filters: readonly [Biquad, Biquad];
  #states: Float64Array[];
  #hopFrames: number;
  #hops = new GrowingList();
  #energy = 0;
  #frames = 0;

  constructor(sampleRate: number, channels = 2) {
    this.#filters = kWeighting(sampleRate);
    this.#states = Array.from({ length: channels }, () => new Float64Array(4));
    this.#hopFrames = Math.round(sampleRate / 10);
  }

  /** Takes the frames `start` (included) to `end` (not included) of each channel. */
  add(channels: readonly Float32Array[], start = 0, end = channels[0]!.length): void {
    for (let from = start; from < end;) {
      const to = Math.min(end, from + this.#hopFrames - this.#frames);
      for (const [index, state] of this.#states.entries()) {
        this.#energy += weightedEnergy(channels[index]!, from, to, this.#filters, state);
      }
      this.#frames += to - from;
      from = to;
      if (this.#frames === this.#hopFrames) this.#endHop();
    }
  }

  /** Integrated loudness so far in LUFS; null for silence. */
  get loudnessLufs(): number | null {
    const hops = this.hops;
    if (hops.length >= 4 || this.#frames === 0) return gatedLoudness(hops);
    // Shorter than one block of the standard: everything there is counts as one.
    let energy = this.#energy;
    for (const hop of hops) energy += hop * this.#hopFrames;
    return gatedLoudness(Float64Array.of(energy / (hops.length * this.#hopFrames + this.#frames)));
  }

  /** Mean squares of the complete 100 ms pieces so far, summed over the channels. */
  get hops(): Float64Array {
    return this.#hops.values;
  }

  #endHop(): void {
    this.#hops.push(this.#energy / this.#hopFrames);
    this.#energy = 0;
    this.#frames = 0;
  }
}

/** Sum of squares of one channel behind both filters (transposed direct form II); keeps their memory in `state`. */
function weightedEnergy(
  samples: Float32Array,
  from: number,
  to: number,
  [shelf, highPass]: readonly [Biquad, Biquad],
  state: Float64Array,
): number {
  const { b0, b1, b2, a1, a2 } = shelf;
  const { a1: c1, a2: c2 } = highPass;
  let s1 = state[0]!;
  let s2 = state[1]!;
  let t1 = state[2]!;
  let t2 = state[3]!;
  let energy = 0;
  for (let index = from; index < to; index++) {
    const x = samples[index]!;
    const y = b0 * x + s1;
    s1 = b1 * x - a1 * y + s2;
    s2 = b2 * x - a2 * y;
    const z = y + t1;
    t1 = -2 * y - c1 * z + t2;
    t2 = y - c2 * z;
    energy += z * z;
  }
  state[0] = Math.abs(s1) < SILENCE ? 0 : s1;
  state[1] = Math.abs(s2) < SILENCE ? 0 : s2;
  state[2] = Math.abs(t1) < SILENCE ? 0 : t1;
  state[3] = Math.abs(t2) < SILENCE ? 0 : t2;
  return energy;
}
