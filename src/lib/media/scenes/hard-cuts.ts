import { signatureDistance } from '../watch/picture-signature.ts';
import { contentScores, type Watched } from '../watch/watched.ts';
import { adaptiveCuts } from './adaptive-cuts.ts';
import { contentCuts } from './content-cuts.ts';
import { firstFrom, signatureOf } from './windows.ts';

/** A hard cut: the first picture of a new shot. */
export interface HardCut {
  atSeconds: number;
  /** How different both sides are, 0 … 1. */
  distance: number;
  /** Whether it makes most of the change around it alone, as the jumps within a wipe or a coarse fade do not. */
  isAlone: boolean;
}

/** Defaults of PySceneDetect. Its 15 pictures are half a second to most films. */
const CONTENT = 27;
const RATIO = 3;
const LEAST_CONTENT = 15;
const LEAST_SECONDS = 0.5;

/** Time before and after whose pictures are compared: a flash, or a jump of the quality, leaves them as they were. */
const SIDE_SECONDS = 0.35;
const LEAST_DISTANCE = 0.15;

/** Time around a picture within which it has to make this share of the change, seconds. */
const AROUND_SECONDS = 0.75;
const ALONE = 0.5;
/** The calmest quarter of the pictures around show how much they change anyway; up to twice as much is no change. */
const CALM = 0.25;
const ANYWAY = 2;
/** Or it has to change as many times more than any other. */
const OUTSTANDING = 5;

/** Which of PySceneDetect's detectors are used. */
export type HardDetector = 'content' | 'adaptive' | 'both';

/**
 * Finds hard cuts. With `both` a cut is what either detector finds and what separates different pictures; the detectors
 * alone report what PySceneDetect would.
 * @param factor Multiplies the thresholds: 1 are PySceneDetect's.
 */
export function hardCuts(watched: Watched, detector: HardDetector, factor: number): HardCut[] {
  const { times } = watched;
  const scores = contentScores(watched);
  const scored = { times, scores };
  const byContent = detector === 'adaptive' ? [] : contentCuts(scored, CONTENT * factor, LEAST_SECONDS);
  const byRatio =
    detector === 'content' ? [] : adaptiveCuts(scored, RATIO * factor, LEAST_CONTENT * factor, LEAST_SECONDS);
  const indices = [...new Set([...byContent, ...byRatio])].sort((a, b) => a - b);
  const cuts = indices.map((at) => describe(watched, at));
  if (detector !== 'both') return cuts;
  return cuts.filter(
    ({ distance, isAlone }, at) =>
      distance >= LEAST_DISTANCE * factor && (isAlone || scores[indices[at]!]! >= CONTENT * factor),
  );
}

function describe(watched: Watched, index: number): HardCut {
  const { times, series } = watched;
  const atSeconds = times[index]!;
  const before = signatureOf(watched, atSeconds - SIDE_SECONDS, atSeconds);
  const after = signatureOf(watched, atSeconds, atSeconds + SIDE_SECONDS);
  // Without hue, which jumps when everything turns grey.
  const changeOf = (at: number) => (series.saturation[at]! + series.value[at]!) / 2;
  const first = firstFrom(times, atSeconds - AROUND_SECONDS);
  const around = Float32Array.from(
    { length: firstFrom(times, atSeconds + AROUND_SECONDS) - first },
    (_, at) => changeOf(first + at),
  );
  const own = changeOf(index);
  const sorted = around.toSorted();
  const usual = ANYWAY * sorted[Math.floor(CALM * sorted.length)]!;
  const change = around.reduce((sum, value) => sum + Math.max(0, value - usual), 0);
  return {
    atSeconds,
    distance: before && after ? signatureDistance(before, after) : 1,
    isAlone: own - usual >= ALONE * change || own >= OUTSTANDING * (sorted.at(-2) ?? 0),
  };
}
