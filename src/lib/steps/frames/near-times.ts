import type { FrameRequest } from './frame-request.ts';

/** How near a key frame must be to be used instead, as a fraction of the distance between requested times. */
export const NEAR_FRACTION = 0.35;

/** In a shot that began less than this before, seconds, the very picture of the requested time is taken. */
const SHORT_SECONDS = 0.5;

/**
 * For each time the nearest key frame within reach, or else the earliest picture within reach, which has to be decoded
 * from the key frame before it. With a reach below half the distance no picture is used twice.
 * @param asked Seconds, ascending.
 * @param keys Times of the key frames around them, seconds, in any order.
 * @param reachSeconds 0 uses only the exact times.
 * @param cuts Where shots begin, seconds, ascending: a picture is taken from the shot of the requested time.
 */
export function requestsNear(
  asked: readonly number[],
  keys: readonly number[],
  reachSeconds: number,
  cuts: readonly number[] = [],
): FrameRequest[] {
  return asked.map((askedSeconds) => {
    const from = cuts.findLast((cut) => cut <= askedSeconds) ?? -Infinity;
    const end = cuts.find((cut) => cut > askedSeconds) ?? Infinity;
    const inShot = keys.filter((key) => key >= from && key < end);
    const nearest = nearestTo(askedSeconds, inShot);
    if (nearest !== null && reachSeconds > 0 && Math.abs(nearest - askedSeconds) <= reachSeconds)
      return { askedSeconds, decodeSeconds: nearest, keySeconds: nearest };
    const before = keys.filter((key) => key <= askedSeconds);
    const keySeconds = before.length > 0 ? Math.max(...before) : null;
    // Every picture since the key frame has to be decoded: the earlier, the fewer.
    const earliest = Math.max(askedSeconds - reachSeconds, earliestInShot(askedSeconds, from));
    const decodeSeconds = Math.max(earliest, keySeconds ?? askedSeconds);
    return { askedSeconds, decodeSeconds, keySeconds };
  });
}

/** Not too near the start of a shot, which may be in a transition or between two pictures. */
function earliestInShot(askedSeconds: number, from: number): number {
  const after = askedSeconds - from;
  return after < SHORT_SECONDS ? askedSeconds : askedSeconds - 0.75 * after;
}

function nearestTo(time: number, keys: readonly number[]): number | null {
  return keys.reduce<number | null>(
    (best, key) => (best === null || Math.abs(key - time) < Math.abs(best - time) ? key : best),
    null,
  );
}
