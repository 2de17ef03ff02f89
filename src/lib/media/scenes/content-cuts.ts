/** A series of scores: how much each picture differs from the one before. */
export interface ScoredPictures {
  /** Seconds, ascending. */
  times: ArrayLike<number>;
  /** 0 … 255; the first one is 0. */
  scores: ArrayLike<number>;
}

/** Tolerance for comparing sums of times, seconds. */
const EPSILON = 1e-6;

/**
 * The pictures with which a new shot begins, after PySceneDetect's ContentDetector with the filter that merges bursts
 * (FlashFilter in mode `merge`), by time instead of by number of pictures: a picture at or above the threshold is a cut;
 * cuts closer than `leastSeconds` become one, at the last of them.
 * @param threshold PySceneDetect's default is 27.
 * @param leastSeconds 0 reports every picture above the threshold.
 * @returns Indices, ascending.
 */
export function contentCuts(
  { times, scores }: ScoredPictures,
  threshold: number,
  leastSeconds: number,
): number[] {
  const cuts: number[] = [];
  let last = 0;
  let isEnabled = false;
  let burst: number | null = null;
  const since = (from: number, to: number) => times[to]! - times[from]! + EPSILON;
  for (let at = 0; at < scores.length; at++) {
    const isAbove = scores[at]! >= threshold;
    if (leastSeconds <= 0) {
      if (isAbove) cuts.push(at);
      continue;
    }
    const isMet = since(last, at) >= leastSeconds;
    if (isAbove) last = at;
    if (burst !== null) {
      if (isMet && !isAbove && since(burst, last) >= leastSeconds) {
        burst = null;
        cuts.push(last);
      }
    } else if (isAbove && isMet) {
      isEnabled = true;
      cuts.push(at);
    } else if (isAbove && isEnabled) burst = at;
  }
  return cuts;
}
