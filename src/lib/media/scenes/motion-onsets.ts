import { clamp } from '../pixels/statistics.ts';
import type { Watched } from '../watch/watched.ts';
import { firstFrom } from './windows.ts';

/** A moment at which something in the picture starts or hits. */
export interface Onset {
  atSeconds: number;
  /** How far the action stands out, 0 … 1. */
  strength: number;
  /** Where it is, 0 … 1 from the top left. */
  x: number;
  y: number;
}

/** Standard deviation of the smoothing, seconds: codecs spread a movement over a few pictures. */
const SMOOTH_SECONDS = 0.08;
/** A moment stands out from those this near, seconds. */
const NEAR_SECONDS = 0.15;
/** Time within which the action has to be weaker before and after, seconds. */
const AROUND_SECONDS = 0.6;
/** Share of the action that has to be missing there. */
const LEAST_RISE = 0.15;
/** Action (difference of luma) below which nothing happens. */
const LEAST_ACTION = 3;
/** Action of a strong hit. */
const STRONG_ACTION = 40;
/** Around a cut everything differs. */
const NEAR_CUT_SECONDS = 0.15;

/**
 * The moments of the strongest action: a kick, a step, a clap. Peaks of the smoothed difference of luma in the strongest
 * few places after the motion of the whole picture is taken out.
 * @param cuts Times of cuts, at which no action is looked for.
 */
export function motionOnsets({ times, series }: Watched, cuts: readonly number[]): Onset[] {
  const isNearCut = (atSeconds: number) => cuts.some((cut) => Math.abs(cut - atSeconds) < NEAR_CUT_SECONDS);
  const action = series.action.map((value, at) => (isNearCut(times[at]!) ? 0 : value));
  const smooth = smoothed(times, action);
  const onsets: Onset[] = [];
  for (let at = 0; at < smooth.length; at++) {
    const value = smooth[at]!;
    if (value < LEAST_ACTION || !isLargest(times, smooth, at) || isNearCut(times[at]!)) continue;
    const rise = 1 - Math.max(...leastAround(times, smooth, at)) / value;
    if (rise < LEAST_RISE) continue;
    const strength = clamp(Math.sqrt((value * rise) / STRONG_ACTION), 0, 1);
    onsets.push({ atSeconds: times[at]!, strength, x: series.actionX[at]!, y: series.actionY[at]! });
  }
  return onsets;
}

/** Gaussian smoothing over time, whatever the distances of the pictures. */
function smoothed(times: Float64Array, values: Float32Array): Float32Array {
  const reach = 3 * SMOOTH_SECONDS;
  return values.map((_, at) => {
    let [sum, weights] = [0, 0];
    const to = firstFrom(times, times[at]! + reach);
    for (let other = firstFrom(times, times[at]! - reach); other < to; other++) {
      const weight = Math.exp(-(((times[other]! - times[at]!) / SMOOTH_SECONDS) ** 2) / 2);
      sum += weight * values[other]!;
      weights += weight;
    }
    return sum / weights;
  });
}

function isLargest(times: Float64Array, values: Float32Array, at: number): boolean {
  const to = firstFrom(times, times[at]! + NEAR_SECONDS);
  for (let other = firstFrom(times, times[at]! - NEAR_SECONDS); other < to; other++)
    if (values[other]! > values[at]! || (values[other] === values[at] && other < at)) return false;
  return true;
}

/** The weakest values shortly before and shortly after. */
function leastAround(times: Float64Array, values: Float32Array, at: number): [number, number] {
  const before = values.subarray(firstFrom(times, times[at]! - AROUND_SECONDS), at);
  const after = values.subarray(at + 1, firstFrom(times, times[at]! + AROUND_SECONDS));
  return [Math.min(...before, values[at]!), Math.min(...after, values[at]!)];
}
