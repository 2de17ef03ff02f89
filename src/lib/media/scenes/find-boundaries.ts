import { signatureDistance } from '../watch/picture-signature.ts';
import type { Watched } from '../watch/watched.ts';
import { hardCuts } from './hard-cuts.ts';
import { similarityChanges, similarityCuts } from './self-similarity.ts';
import { softTransitions, type SoftTransition } from './soft-transitions.ts';
import { signatureOf } from './windows.ts';

/** Where one shot ends and the next begins. */
export interface Boundary {
  /** The first picture of the new shot; of a gradual transition, its middle. */
  atSeconds: number;
  kind: 'cut' | 'soft' | 'user';
  /** How certain and how strong it is, 0 … 1. */
  weight: number;
  /** Length of the transition around it; 0 for a cut. */
  overSeconds: number;
}

/** The rules that find boundaries; `auto` takes hard cuts and gradual transitions. */
export type Detector = 'auto' | 'content' | 'adaptive' | 'self-similarity' | 'off';

const NOVELTY = 0.3;
/** Thresholds at sensitivity 0 and 1, as a factor: PySceneDetect's 27 becomes 40 and 18. */
const LEAST_SENSITIVE = 1.48;
/** A cut explains the novelty this near to it, seconds. */
const EXPLAINS_SECONDS = 0.4;
/** A jump this near to a gradual transition belongs to it, seconds. */
const BELONGS_SECONDS = 0.2;
/** Weight of a cut that is known from the key frames alone. */
const KEY_FRAME_WEIGHT = 0.6;

/** τ of the V2A scene detector, and the most points that it compares with one another. */
const TAU = 5;
const MOST_POINTS = 1200;
const LEAST_SIMILARITY_DISTANCE = 0.15;

/**
 * Finds the boundaries between shots, in order of time. Where no picture was seen, they are the cuts that the key frames
 * show.
 * @param sensitivity 0 … 1; at ½ the thresholds are those of the sources.
 */
export function findBoundaries(watched: Watched, detector: Detector, sensitivity: number): Boundary[] {
  const factor = thresholdFactor(sensitivity);
  if (detector === 'off') return [];
  if (watched.times.length === 0) return Array.from(watched.keyCuts, fromKeyFrame);
  if (detector === 'self-similarity') return bySelfSimilarity(watched, factor);
  if (detector !== 'auto')
    return hardCuts(watched, detector, factor).map(({ atSeconds, distance }) => cut(atSeconds, distance));
  return hardAndSoft(watched, factor);
}

/** What a sensitivity of 0 … 1 multiplies thresholds by; 1 at ½. */
export function thresholdFactor(sensitivity: number): number {
  return LEAST_SENSITIVE ** (1 - 2 * sensitivity);
}

function hardAndSoft(watched: Watched, factor: number): Boundary[] {
  const hard = hardCuts(watched, 'both', factor);
  const soft = softTransitions(watched, NOVELTY * factor).filter(
    ({ peakSeconds }) =>
      !hard.some((one) => one.isAlone && Math.abs(one.atSeconds - peakSeconds) <= EXPLAINS_SECONDS),
  );
  const isPart = (atSeconds: number, { startSeconds, endSeconds }: SoftTransition) =>
    atSeconds >= startSeconds - BELONGS_SECONDS && atSeconds <= endSeconds + BELONGS_SECONDS;
  const cuts = hard.filter(
    ({ atSeconds, isAlone }) => isAlone || !soft.some((one) => isPart(atSeconds, one)),
  );
  const jumps = hard.filter((one) => !cuts.includes(one));
  return [
    ...cuts.map(({ atSeconds, distance }) => cut(atSeconds, distance)),
    ...soft.map((one): Boundary => {
      const middle = (one.startSeconds + one.endSeconds) / 2;
      // After black the new picture may appear at once.
      const appears = jumps.find(
        ({ atSeconds }) => one.atSeconds !== middle && Math.abs(atSeconds - one.atSeconds) <= BELONGS_SECONDS,
      );
      const overSeconds = one.endSeconds - one.startSeconds;
      const weight = Math.min(1, 0.5 + 0.3 * one.novelty);
      return { atSeconds: appears?.atSeconds ?? one.atSeconds, kind: 'soft', weight, overSeconds };
    }),
  ].sort((a, b) => a.atSeconds - b.atSeconds);
}

/** The V2A scene detector on signatures. Alone it reports changes that nobody sees: those are left out. */
function bySelfSimilarity(watched: Watched, factor: number): Boundary[] {
  const { slotTimes } = watched;
  const step = Math.max(1, Math.ceil(slotTimes.length / MOST_POINTS));
  const starts = Array.from(slotTimes).filter((_, slot) => slot % step === 0);
  const points = starts.map((at, index) => signatureOf(watched, at, starts[index + 1] ?? Infinity)!);
  const indices = similarityCuts(similarityChanges(points, 'rows-and-columns'), TAU * factor);
  return indices
    .map((at) => cut(starts[at]!, signatureDistance(points[at - 1]!, points[at]!)))
    .filter((_, at) => {
      const index = indices[at]!;
      return signatureDistance(points[index - 1]!, points[index]!) >= LEAST_SIMILARITY_DISTANCE * factor;
    });
}

function cut(atSeconds: number, distance: number): Boundary {
  return { atSeconds, kind: 'cut', weight: Math.min(1, 0.7 + 0.6 * distance), overSeconds: 0 };
}

function fromKeyFrame(atSeconds: number): Boundary {
  return { atSeconds, kind: 'cut', weight: KEY_FRAME_WEIGHT, overSeconds: 0 };
}
