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

/** Where shots and scenes begin, seconds, ascending. Every scene begins where a shot does. */
export interface Divisions {
  shots: readonly number[];
  scenes: readonly number[];
}

/** The same, with the centre of every scene, and of every shot that is not too short, that has none of them. */
export function askedTimesInShots(
  start: number,
  duration: number,
  count: number,
  { shots, scenes }: Divisions,
): number[] {
  const end = start + duration;
  const add = (asked: number[], starts: readonly number[], least: number): number[] => {
    const bounds = [start, ...starts.filter((at) => at > start && at < end), end];
    const missing = bounds.slice(1).flatMap((to, index) => {
      const from = bounds[index]!;
      const isThere = asked.some((time) => time >= from && time < to);
      return isThere || to - from < least ? [] : [(from + to) / 2];
    });
    return [...asked, ...missing].sort((a, b) => a - b);
  };
  return add(add(askedTimes(start, duration, count), shots, SHORTEST_SHOT_SECONDS), scenes, 0);
}
