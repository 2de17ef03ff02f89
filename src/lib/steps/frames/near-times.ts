import type { Wish } from './take.ts';

/** A key frame this close to the asked time, as a fraction of the distance between asked times, will do. */
export const NEAR_FRACTION = 0.35;

/**
 * For each asked time the nearest key frame within reach, or else the earliest picture within reach (it costs
 * decoding from the key frame before). With a reach below half the distance no picture is taken twice.
 * @param asked Seconds, ascending.
 * @param keys Times of the key frames around them, seconds, in any order.
 * @param reachSeconds 0 takes only what was asked for.
 */
export function wishesNear(asked: readonly number[], keys: readonly number[], reachSeconds: number): Wish[] {
  return asked.map((askedSeconds) => {
    const nearest = nearestTo(askedSeconds, keys);
    if (nearest !== null && reachSeconds > 0 && Math.abs(nearest - askedSeconds) <= reachSeconds)
      return { askedSeconds, decodeSeconds: nearest, keySeconds: nearest };
    const before = keys.filter((key) => key <= askedSeconds);
    const keySeconds = before.length > 0 ? Math.max(...before) : null;
    // Every picture from the key frame on has to be decoded: the earlier one, the fewer.
    const decodeSeconds = Math.max(askedSeconds - reachSeconds, keySeconds ?? askedSeconds);
    return { askedSeconds, decodeSeconds, keySeconds };
  });
}

function nearestTo(time: number, keys: readonly number[]): number | null {
  return keys.reduce<number | null>(
    (best, key) => (best === null || Math.abs(key - time) < Math.abs(best - time) ? key : best),
    null,
  );
}
