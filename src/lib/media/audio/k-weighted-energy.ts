import { kWeighting, type Biquad } from './k-weighting.ts';

/** Filter states below this are set to 0, since denormals are slow. */
const SILENCE = 1e-30;

/** The energy of K-weighted sound (ITU-R BS.1770-4) in consecutive pieces; all channels have the weight 1. */
export class KWeightedEnergy {
  #filters: readonly [Biquad, Biquad];
  #states: Float64Array[];

  constructor(sampleRate: number, channels: number) {
    this.#filters = kWeighting(sampleRate);
    this.#states = Array.from({ length: channels }, () => new Float64Array(4));
  }

  /** The sum of squares of the weighted frames [from … to) over all channels. */
  next(channels: readonly Float32Array[], from: number, to: number): number {
    let energy = 0;
    for (let index = 0; index < this.#states.length; index++) {
      energy += filteredEnergy(channels[index]!, from, to, this.#filters, this.#states[index]!);
    }
    return energy;
  }
}

/** Both filters in series (transposed direct form II), with their state. */
function filteredEnergy(
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
