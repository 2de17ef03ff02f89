import { median } from '../pixels/statistics.ts';

/** Key frames this near to the usual distance, as a share of it, are where the encoder puts them anyway. */
const USUAL = 0.06;
/** Streams whose distances vary less than this, as a share of the usual one, have no key frames out of order. */
const EVEN = 0.25;

/**
 * Cuts for nothing: key frames that follow the one before sooner than usual. Encoders such as x264 place a key frame where
 * a new shot begins, and else at a fixed distance.
 * @param keys Times of all key frames, seconds, ascending. Streams with nothing but key frames give none.
 */
export function keyFrameCuts(keys: readonly number[]): number[] {
  const distances = keys.slice(1).map((key, at) => key - keys[at]!);
  if (distances.length === 0) return [];
  const sorted = distances.toSorted((a, b) => a - b);
  const at = (share: number) => sorted[Math.round(share * (sorted.length - 1))]!;
  const isEven = distances.length > 2 && at(0.9) - at(0.1) < EVEN * median(distances);
  if (isEven) return [];
  const usual = usualDistance(sorted);
  return keys.slice(1).filter((_, index) => usual === null || distances[index]! < usual * (1 - USUAL));
}

/** The distance that encoders fall back to: the largest one, if it occurs more than once. */
function usualDistance(sorted: readonly number[]): number | null {
  const largest = sorted.at(-1)!;
  const alike = sorted.filter((distance) => distance > largest * (1 - USUAL));
  return alike.length > 1 ? largest : null;
}
