import { signatureDistance } from '../watch/picture-signature.ts';
import type { Watched } from '../watch/watched.ts';
import { firstFrom, signatureOf } from './windows.ts';

/** A gradual transition between two shots: a fade, a dissolve, a wipe. */
export interface SoftTransition {
  startSeconds: number;
  endSeconds: number;
  /** Its middle; when the picture stays black in between, where the new one appears. */
  atSeconds: number;
  /** Where both sides differ most. */
  peakSeconds: number;
  /** How different both sides are, 0 … 1. */
  novelty: number;
}

/** Both windows reach from this near to this far from the time between them, seconds. */
const NEAR = 0.3;
const FAR = 1;
/** No second transition within this time of a stronger one. */
const APART_SECONDS = 0.9;
/** How much either side may change by itself, as a share of the novelty: more is a moving camera or passing things. */
const UNSTEADY = 0.1;
/** Speed of the whole picture from which on the camera moves, widths or heights per second. */
const PAN = 0.05;
/** The transition lasts from where this share of the change is done until it is left to be done. */
const DONE = 0.15;
/** Longest transition before and after its middle, seconds. */
const LONGEST_HALF = 1.5;
/** Luma below which a picture is black, 0 … 1. */
const BLACK = 0.09;

/**
 * Finds gradual transitions: peaks of the distance between the mean signatures of the time before and after (two-window
 * novelty, after Foote 2000). One side at least has to be steady, since in a moving shot every second is new.
 * @param threshold Least novelty, 0 … 1.
 */
export function softTransitions(watched: Watched, threshold: number): SoftTransition[] {
  const { slotTimes } = watched;
  const novelty = slotTimes.map((at) => noveltyAt(watched, at));
  const found: SoftTransition[] = [];
  for (let slot = 0; slot < novelty.length; slot++) {
    const at = slotTimes[slot]!;
    if (novelty[slot]! < threshold || !isPeak(slotTimes, novelty, slot)) continue;
    if (!isSteady(watched, at, novelty[slot]!) || isCameraMove(watched, at)) continue;
    const [startSeconds, endSeconds] = extent(watched, at);
    const atSeconds = (startSeconds + endSeconds) / 2;
    found.push({ startSeconds, endSeconds, atSeconds, peakSeconds: at, novelty: novelty[slot]! });
  }
  return joinThroughBlack(watched, found);
}

function noveltyAt(watched: Watched, at: number): number {
  const before = signatureOf(watched, at - FAR, at - NEAR);
  const after = signatureOf(watched, at + NEAR, at + FAR);
  return before && after ? signatureDistance(before, after) : 0;
}

function isPeak(times: Float64Array, novelty: Float64Array, slot: number): boolean {
  const to = firstFrom(times, times[slot]! + APART_SECONDS);
  for (let other = firstFrom(times, times[slot]! - APART_SECONDS); other < to; other++) {
    if (novelty[other]! > novelty[slot]! || (novelty[other] === novelty[slot] && other < slot)) return false;
  }
  return true;
}

function isSteady(watched: Watched, at: number, novelty: number): boolean {
  const middle = (NEAR + FAR) / 2;
  const sides = [
    [at - FAR, at - middle, at - NEAR],
    [at + NEAR, at + middle, at + FAR],
  ] as const;
  const changes = sides.map(([from, half, to]) => {
    const one = signatureOf(watched, from, half);
    const other = signatureOf(watched, half, to);
    return one && other ? signatureDistance(one, other) : 0;
  });
  return Math.min(...changes) < UNSTEADY * novelty;
}

/** Whether the whole picture moves the same way before, during and after. A slide moves it only during the transition. */
function isCameraMove({ times, series }: Watched, at: number): boolean {
  const middle = (NEAR + FAR) / 2;
  const spans = [
    [at - FAR, at - middle],
    [at - middle, at + middle],
    [at + middle, at + FAR],
  ] as const;
  return [series.shiftX, series.shiftY].some((shift) => {
    const speeds = spans.flatMap(([from, to]) => {
      const part = shift.subarray(firstFrom(times, from), firstFrom(times, to));
      return part.length > 0 ? [part.reduce((sum, step) => sum + step, 0) / (to - from)] : [];
    });
    return speeds.every((speed) => speed > PAN) || speeds.every((speed) => speed < -PAN);
  });
}

/** Where the pictures leave those before, and where they reach those after. */
function extent(watched: Watched, at: number): [number, number] {
  const { slotTimes } = watched;
  const before =
    signatureOf(watched, at - LONGEST_HALF, at - FAR) ?? signatureOf(watched, at - FAR, at - NEAR);
  const after =
    signatureOf(watched, at + FAR, at + LONGEST_HALF) ?? signatureOf(watched, at + NEAR, at + FAR);
  if (!before || !after) return [at, at];
  const least = DONE * signatureDistance(before, after);
  const middle = firstFrom(slotTimes, at);
  const isLike = (slot: number, side: Float32Array) =>
    signatureDistance(signatureOf(watched, slotTimes[slot]!, slotTimes[slot]! + 1e-6)!, side) < least;
  let first = middle;
  while (first > 0 && slotTimes[first]! > at - LONGEST_HALF && !isLike(first, before)) first--;
  let last = middle;
  while (last < slotTimes.length - 1 && slotTimes[last]! < at + LONGEST_HALF && !isLike(last, after)) last++;
  return [slotTimes[first]!, slotTimes[last]!];
}

/** A fade to black and the one out of it are one transition when there is nothing else between them. */
function joinThroughBlack({ times, series }: Watched, found: readonly SoftTransition[]): SoftTransition[] {
  const isBlack = (from: number, to: number) => {
    const pictures = series.brightness.subarray(firstFrom(times, from), firstFrom(times, to));
    return pictures.filter((brightness) => brightness < BLACK).length > pictures.length / 2;
  };
  const joined: SoftTransition[] = [];
  for (const one of found) {
    const last = joined.at(-1);
    if (last && isBlack(last.endSeconds, one.startSeconds)) {
      const novelty = Math.max(last.novelty, one.novelty);
      const atSeconds = one.startSeconds;
      joined[joined.length - 1] = { ...one, startSeconds: last.startSeconds, atSeconds, novelty };
    } else joined.push(one);
  }
  return joined;
}
