import { clamp } from '#lib/media/pixels/statistics.ts';
import type { Signature } from './signature.ts';

/** Over a longer gap the difference says nothing more about speed: everything that moves has moved. */
const LONGEST_GAP_SECONDS = 4;
const SHORTEST_GAP_SECONDS = 0.1;
/** A mean difference of this L* is noise and coding. */
const NOISE = 1;

/**
 * Motion between two frames, 0 … 1: the part of the picture that a second replaces. The mean difference of lightness is
 * compared with what the same pixels would give if they were shuffled (Gini's mean difference); this part replaced in
 * the gap is brought to one second as an exponential decay.
 */
export function motionBetween(one: Signature, other: Signature, gapSeconds: number): number {
  if (gapSeconds <= 0) return 0;
  let difference = 0;
  one.blocks.forEach((value, i) => (difference += Math.abs(value - other.blocks[i]!)));
  difference /= one.blocks.length;
  const replaced = clamp((difference - NOISE) / (shuffledDifference(one, other) + NOISE), 0, 1);
  const gap = clamp(gapSeconds, SHORTEST_GAP_SECONDS, LONGEST_GAP_SECONDS);
  return 1 - (1 - replaced) ** (1 / gap);
}

/** Mean of |x - y| over all pairs of a block of the one and a block of the other. */
function shuffledDifference(one: Signature, other: Signature): number {
  const values = [...one.blocks].map((value) => ({ value, isOne: true }));
  values.push(...[...other.blocks].map((value) => ({ value, isOne: false })));
  values.sort((x, y) => x.value - y.value);
  let sum = 0;
  const seen = { one: 0, other: 0, oneSum: 0, otherSum: 0 };
  for (const { value, isOne } of values) {
    if (isOne) {
      sum += value * seen.other - seen.otherSum;
      seen.one++;
      seen.oneSum += value;
    } else {
      sum += value * seen.one - seen.oneSum;
      seen.other++;
      seen.otherSum += value;
    }
  }
  return sum / (one.blocks.length * other.blocks.length);
}
