import type { FeaturesOutput } from '#lib/job/entries/features.ts';
import { clamp } from '#lib/media/pixels/statistics.ts';
import { colourDistance, layoutDistance, type Signature } from './signature.ts';

/** Limits of the threshold, for very calm and for very lively clips. */
const MIN_DISTANCE = 0.3;
const MAX_DISTANCE = 0.5;
/** Ratio of the threshold to the usual distance in the clip. */
const FACTOR = 3;
/** Width of the transition from "no cut" to "cut". */
const SOFTNESS = 0.05;

/**
 * Likelihood of a cut between each frame and the one before, 0 … 1; 0 for the first. A cut changes colours and layout
 * at once, a pan only the layout, a change of light only the colours. The threshold is adaptive, because frames that
 * are seconds apart differ a lot in a lively clip. It follows the lower quartile of the distances, which stays within
 * shots even when most pairs of frames have a cut between them.
 */
export function cutLikelihoods(signatures: readonly Signature[]): number[] {
  const distances = signatures.slice(1).map((signature, i) => frameDistance(signatures[i]!, signature));
  const usual = lowerQuartile(distances);
  const threshold = clamp(FACTOR * usual, MIN_DISTANCE, MAX_DISTANCE);
  return [0, ...distances.map((distance) => 1 / (1 + Math.exp((threshold - distance) / SOFTNESS)))].slice(
    0,
    signatures.length,
  );
}

/** Geometric mean of both distances; entirely different colours count even without a layout (a fade, a title). */
function frameDistance(one: Signature, other: Signature): number {
  const colour = colourDistance(one, other);
  return Math.sqrt(colour * Math.max(layoutDistance(one, other), colour ** 2));
}

/** The likely cuts (0.5 and more), each in the middle between its two frames. */
export function findCuts(times: readonly number[], likelihoods: readonly number[]): FeaturesOutput['cuts'] {
  return likelihoods.flatMap((weight, i) =>
    i > 0 && weight >= 0.5 ? [{ atSeconds: (times[i - 1]! + times[i]!) / 2, weight }] : [],
  );
}

function lowerQuartile(values: readonly number[]): number {
  return values.toSorted((one, other) => one - other)[Math.floor((values.length - 1) / 4)] ?? 0;
}
