/** Number of frames that represent a clip: max(1, round(k · log10(seconds))). */
export function frameCount(seconds: number, k: number): number {
  return Math.max(1, Math.round(k * Math.log10(seconds)));
}

/** The centres of `count` equal parts of a clip that starts at `start` and lasts `duration` (seconds). */
export function askedTimes(start: number, duration: number, count: number): number[] {
  return Array.from({ length: count }, (_, index) => start + ((index + 0.5) * duration) / count);
}

/** Shots shorter than this, seconds, get no time of their own. */
const SHORTEST_SHOT_SECONDS = 1;

/**
 * The same, with the centre of every shot that has none of them.
 * @param cuts Where the shots begin, seconds, ascending; the first one begins at `start`.
 */
export function askedTimesInShots(
  start: number,
  duration: number,
  count: number,
  cuts: readonly number[],
): number[] {
  const asked = askedTimes(start, duration, count);
  const bounds = [start, ...cuts.filter((cut) => cut > start && cut < start + duration), start + duration];
  const missing = bounds.slice(1).flatMap((end, shot) => {
    const from = bounds[shot]!;
    const isThere = asked.some((time) => time >= from && time < end);
    return isThere || end - from < SHORTEST_SHOT_SECONDS ? [] : [(from + end) / 2];
  });
  return [...asked, ...missing].sort((a, b) => a - b);
}
