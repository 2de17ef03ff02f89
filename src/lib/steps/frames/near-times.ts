/** A key frame this close to the asked time, as a fraction of the distance between asked times, will do. */
export const NEAR_FRACTION = 0.35;

/**
 * For each asked time the nearest key frame within reach, or the asked time itself where there is none (it costs
 * decoding from the key frame before). As the reach is below half the distance, no key frame is taken twice.
 * @param asked Seconds, ascending, `distance` apart.
 * @param keys Times of key frames around them, seconds, in any order.
 */
export function nearTimes(asked: readonly number[], distance: number, keys: readonly number[]): number[] {
  return asked.map((time) => {
    const nearest = keys.reduce(
      (best, key) => (Math.abs(key - time) < Math.abs(best - time) ? key : best),
      Number.POSITIVE_INFINITY,
    );
    return Math.abs(nearest - time) <= NEAR_FRACTION * distance ? nearest : time;
  });
}
