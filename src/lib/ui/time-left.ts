/** Before this much time or progress, a guess would jump. */
const LEAST_MILLISECONDS = 2500;
const LEAST_FRACTION = 0.05;

/** How long a step still takes if it goes on as fast, milliseconds; null while that can't be told. */
export function timeLeft(fraction: number, elapsedMilliseconds: number): number | null {
  if (fraction < LEAST_FRACTION || fraction >= 1 || elapsedMilliseconds < LEAST_MILLISECONDS) return null;
  return (elapsedMilliseconds / fraction) * (1 - fraction);
}
