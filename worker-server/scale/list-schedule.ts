/**
 * When each of several waiting runs ends, if every worker takes the next run as soon as it is free (list scheduling:
 * Graham 1966).
 * @param freeMs When each worker is free, milliseconds from now; null when unknown.
 * @param durationsMs Duration of each run in the order in which they start; null when unknown.
 * @returns End of each run, milliseconds from now; null for the first run without a known end and all after it.
 */
export function listSchedule(
  freeMs: readonly (number | null)[],
  durationsMs: readonly (number | null)[],
): (number | null)[] {
  if (freeMs.length === 0 || freeMs.includes(null)) return durationsMs.map(() => null);
  const free = [...(freeMs as number[])];
  let isKnown = true;
  return durationsMs.map((duration) => {
    isKnown &&= duration !== null;
    if (!isKnown) return null;
    const first = free.indexOf(Math.min(...free));
    return (free[first]! += duration!);
  });
}
