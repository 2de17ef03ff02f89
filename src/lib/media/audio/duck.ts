import { gainOfDb } from './decibels.ts';

const ATTACK_SECONDS = 0.12;
const RELEASE_SECONDS = 0.6;
/** Shorter pauses between words do not release the ducking. */
const HOLD_SECONDS = 0.3;

/**
 * The linear gains that duck music under other sound: entry i is the gain at second `i · stepSeconds`, with linear
 * interpolation between. Attack and release have time constants of 120 and 600 ms.
 * @param activity Presence of the other sound, 0 … 1; entry i is for the time from `i` to `i + 1` steps.
 * @param duckDb Attenuation at full activity, dB; 0 for none.
 * @returns One entry more than `activity` has.
 */
export function duckGains(activity: readonly number[], stepSeconds: number, duckDb: number): Float32Array {
  const gains = new Float32Array(activity.length + 1).fill(1);
  if (duckDb <= 0) return gains;
  const attack = 1 - Math.exp(-stepSeconds / ATTACK_SECONDS);
  const release = 1 - Math.exp(-stepSeconds / RELEASE_SECONDS);
  const hold = Math.round(HOLD_SECONDS / stepSeconds);
  let level = activity[0] ?? 0;
  for (let index = 0; index < gains.length; index++) {
    // Includes the step that begins here, so that the attack starts before the first word.
    let wanted = 0;
    for (let back = Math.max(0, index - hold); back <= index; back++) {
      wanted = Math.max(wanted, activity[back] ?? 0);
    }
    level += (wanted - level) * (wanted > level ? attack : release);
    gains[index] = gainOfDb(-duckDb * level);
  }
  return gains;
}

/** How present a sound is over time, 0 … 1: one value per `stepSeconds`. */
export interface Activity {
  activity: readonly number[];
  stepSeconds: number;
}

/**
 * The curve that ducks music and effects under those sounds that are audible; empty when nothing is ducked.
 * @param gains Linear gain of each sound. @throws TypeError when their steps have different lengths.
 */
export function duckUnder<Name extends string>(
  activities: Readonly<Record<Name, Activity | null>>,
  gains: Readonly<Record<Name, number>>,
  duckDb: number,
): { curve: ReturnType<typeof duckGains>; stepSeconds: number } {
  const [first, ...others] = (Object.keys(activities) as Name[]).flatMap((name) => {
    const one = activities[name];
    return one && one.activity.length > 0 && gains[name] > 0 ? [one] : [];
  });
  if (!first || duckDb <= 0) return { curve: new Float32Array(), stepSeconds: first?.stepSeconds ?? 1 };
  const { stepSeconds } = first;
  if (others.some((other) => other.stepSeconds !== stepSeconds))
    throw new TypeError('Sounds that are ducked under together are measured in steps of one length.');
  const steps = Math.max(...[first, ...others].map(({ activity }) => activity.length));
  const loudest = Array.from({ length: steps }, (_, step) =>
    Math.max(...[first, ...others].map(({ activity }) => activity[step] ?? 0)),
  );
  return { curve: duckGains(loudest, stepSeconds, duckDb), stepSeconds };
}

/**
 * Multiplies both channels by a gain curve with linear interpolation between its entries.
 * @param start Frame of the curve at which the channels begin.
 * @param stepFrames Frames from one entry to the next. After the last entry its gain stays.
 */
export function applyCurve(
  left: Float32Array,
  right: Float32Array,
  start: number,
  curve: Float32Array,
  stepFrames: number,
): void {
  const last = curve.length - 1;
  for (let from = 0; from < left.length;) {
    const entry = Math.floor((start + from) / stepFrames);
    const to = Math.min(left.length, (entry + 1) * stepFrames - start);
    const begin = curve[Math.min(entry, last)]!;
    const slope = (curve[Math.min(entry + 1, last)]! - begin) / stepFrames;
    let gain = begin + slope * (start + from - entry * stepFrames);
    if (gain !== 1 || slope !== 0) {
      for (let index = from; index < to; index++) {
        left[index]! *= gain;
        right[index]! *= gain;
        gain += slope;
      }
    }
    from = to;
  }
}
