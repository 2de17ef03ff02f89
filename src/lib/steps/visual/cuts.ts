import type { VisualOutput } from '#lib/job/entries/visual.ts';
import { clamp, median } from '#lib/media/pixels/statistics.ts';
import { colourDistance, layoutDistance, type Signature } from './signature.ts';

/** However calm the rest is, less distance than this is no cut; however wild, more than that is one. */
const LEAST_DISTANCE = 0.35;
const MOST_DISTANCE = 0.6;
/** Width of the crossing from "no cut" to "cut". */
const SOFTNESS = 0.05;

/**
 * How likely a cut lies between each frame and the one before it, 0 … 1; 0 for the first. A cut changes colours and
 * layout at once, so the distance is the geometric mean of both; a pan changes the layout only, a change of light the
 * colours only. The threshold is the clip's own median and three robust deviations (MAD), within fixed bounds, because
 * frames seconds apart differ much in a lively clip without any cut.
 */
export function cutLikelihoods(signatures: readonly Signature[]): number[] {
  const distances = signatures
    .slice(1)
    .map((signature, i) =>
      Math.sqrt(colourDistance(signatures[i]!, signature) * layoutDistance(signatures[i]!, signature)),
    );
  const centre = median(distances);
  const spread = 1.4826 * median(distances.map((distance) => Math.abs(distance - centre)));
  const threshold = clamp(centre + 3 * spread, LEAST_DISTANCE, MOST_DISTANCE);
  return [0, ...distances.map((distance) => 1 / (1 + Math.exp((threshold - distance) / SOFTNESS)))].slice(
    0,
    signatures.length,
  );
}

/** The likely cuts (0.5 and more), each in the middle between the two frames that it separates. */
export function findCuts(times: readonly number[], likelihoods: readonly number[]): VisualOutput['cuts'] {
  return likelihoods.flatMap((weight, i) =>
    i > 0 && weight >= 0.5 ? [{ atSeconds: (times[i - 1]! + times[i]!) / 2, weight }] : [],
  );
}
