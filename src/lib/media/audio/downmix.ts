import type { Stereo } from './stereo-queue.ts';

const HALF_POWER = Math.SQRT1_2;

/** Share of each channel in the left output, by the number of channels; the right output mirrors it. */
const LAYOUTS: Partial<Record<number, { left: number[]; right: number[] }>> = {
  // left, right, centre
  3: { left: [1, 0, HALF_POWER], right: [0, 1, HALF_POWER] },
  // left, right, both surrounds
  4: { left: [1, 0, HALF_POWER, 0], right: [0, 1, 0, HALF_POWER] },
  // left, right, centre, both surrounds
  5: { left: [1, 0, HALF_POWER, HALF_POWER, 0], right: [0, 1, HALF_POWER, 0, HALF_POWER] },
  // 5.1: left, right, centre, low frequency effects, both surrounds
  6: { left: [1, 0, HALF_POWER, 0, HALF_POWER, 0], right: [0, 1, HALF_POWER, 0, 0, HALF_POWER] },
  // 6.1: … back centre, both sides
  7: { left: [1, 0, HALF_POWER, 0, 0.5, HALF_POWER, 0], right: [0, 1, HALF_POWER, 0, 0.5, 0, HALF_POWER] },
  // 7.1: … both backs, both sides
  8: {
    left: [1, 0, HALF_POWER, 0, HALF_POWER, 0, HALF_POWER, 0],
    right: [0, 1, HALF_POWER, 0, 0, HALF_POWER, 0, HALF_POWER],
  },
};

/**
 * Mixes any number of channels in the order of WAV and WebCodecs down to stereo, with the coefficients of ITU-R BS.775;
 * low frequency effects are left out. Mono goes to both sides. Of more than 8 channels the first two are used.
 * With three or more channels the sum may exceed full scale.
 */
export function downmix(channels: readonly Float32Array[]): Stereo {
  const [first, second] = channels;
  if (!first) throw new TypeError('At least one channel was wanted, but none came.');
  const layout = LAYOUTS[channels.length];
  if (!layout) return { left: first, right: second ?? first };
  return { left: weightedSum(channels, layout.left), right: weightedSum(channels, layout.right) };
}

function weightedSum(channels: readonly Float32Array[], weights: readonly number[]): Float32Array {
  const sum = new Float32Array(channels[0]!.length);
  for (const [index, samples] of channels.entries()) {
    const weight = weights[index]!;
    if (weight === 0) continue;
    for (let frame = 0; frame < sum.length; frame++) sum[frame]! += samples[frame]! * weight;
  }
  return sum;
}
