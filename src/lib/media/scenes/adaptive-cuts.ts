import type { ScoredPictures } from './content-cuts.ts';

/** Pictures on either side of the one that is compared with them. */
const WINDOW = 2;
const MOST = 255;
const EPSILON = 1e-6;

/**
 * The pictures with which a new shot begins, after PySceneDetect's AdaptiveDetector: a score counts when it stands out
 * from the scores of the two pictures before and after. A moving camera raises all of them, so that it is no cut.
 * @param ratio How many times the mean of its neighbours a score has to be; PySceneDetect's default is 3.
 * @param leastScore PySceneDetect's default is 15.
 * @returns Indices, ascending.
 */
export function adaptiveCuts(
  { times, scores }: ScoredPictures,
  ratio: number,
  leastScore: number,
  leastSeconds: number,
): number[] {
  const cuts: number[] = [];
  let last = 0;
  for (let at = 2 * WINDOW; at < scores.length; at++) {
    const middle = at - WINDOW;
    const score = scores[middle]!;
    // As in the reference, the time since the last cut is counted to the newest picture of the window.
    const isMet = times[at]! - times[last]! + EPSILON >= leastSeconds;
    if (score < leastScore || !isMet || adaptiveRatio(scores, middle, leastScore) < ratio) continue;
    last = middle;
    cuts.push(middle);
  }
  return cuts;
}

/** How many times the mean of its neighbours a score is, at most 255. */
function adaptiveRatio(scores: ArrayLike<number>, middle: number, leastScore: number): number {
  let sum = 0;
  for (let offset = 1; offset <= WINDOW; offset++) sum += scores[middle - offset]! + scores[middle + offset]!;
  const mean = sum / (2 * WINDOW);
  if (Math.abs(mean) >= 1e-5) return Math.min(scores[middle]! / mean, MOST);
  return scores[middle]! >= leastScore ? MOST : 0;
}
