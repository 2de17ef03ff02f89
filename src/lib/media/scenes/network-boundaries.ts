import type { CutScores } from './cut-scores.ts';
import { thresholdFactor, type Boundary } from './find-boundaries.ts';

/** The authors' threshold of a cut (Souček & Lokoč 2020). */
const THRESHOLD = 0.5;
/** The most pictures of a hard cut: the network is sure of the last one, and often of a neighbour. */
const CUT_PICTURES = 2;
/** Less than this lies between the halves of a fade through black or white, seconds. */
const FADE_GAP_SECONDS = 0.3;

/** A run of pictures that are likely to belong to a transition. */
interface Run {
  first: number;
  /** The first picture behind it. */
  next: number;
}

/**
 * The boundaries that a network has found, in order of time: each run of likely pictures is one. A short run is a cut, and the
 * new shot begins behind its likeliest picture; a longer one is a gradual transition. A run at the beginning or the end of the
 * film separates nothing.
 * @param sensitivity 0 … 1; at ½ the threshold is that of the source.
 */
export function networkBoundaries(scores: CutScores, sensitivity: number): Boundary[] {
  const { times } = scores;
  return runsOf(scores, THRESHOLD * thresholdFactor(sensitivity))
    .filter(({ first, next }) => first > 0 && next < times.length)
    .map((run) => boundaryOf(scores, run));
}

function runsOf({ times, cut, transition }: CutScores, threshold: number): Run[] {
  const isLikely = (at: number) => cut[at]! >= threshold || transition[at]! >= threshold;
  const runs: Run[] = [];
  for (let first = 0; first < times.length; first++) {
    if (!isLikely(first)) continue;
    let next = first + 1;
    while (next < times.length && isLikely(next)) next++;
    const run = { first, next };
    const before = runs.at(-1);
    const isSame =
      before && !(isCut(before) && isCut(run)) && times[first]! - times[before.next]! < FADE_GAP_SECONDS;
    if (isSame) before.next = next;
    else runs.push(run);
    first = next;
  }
  return runs;
}

function isCut({ first, next }: Run): boolean {
  return next - first <= CUT_PICTURES;
}

function boundaryOf({ times, cut, transition }: CutScores, run: Run): Boundary {
  const { first, next } = run;
  const cuts = cut.subarray(first, next);
  const strongest = Math.max(...cuts);
  const weight = Math.min(1, Math.max(strongest, ...transition.subarray(first, next)));
  if (isCut(run)) {
    const atSeconds = times[first + cuts.indexOf(strongest) + 1]!;
    return { atSeconds, kind: 'cut', weight, overSeconds: 0 };
  }
  const [from, to] = [times[first]!, times[next]!];
  return { atSeconds: (from + to) / 2, kind: 'soft', weight, overSeconds: to - from };
}
