/**
 * When each of several runs ends that wait in a line for workers: each worker takes the next run as soon as it is free
 * (list scheduling: Graham 1966).
 * @param freeMs When each worker is free, milliseconds from now; null where that is not known.
 * @param lengthsMs How long each run takes, in the order of the line; null where that is not known.
 * @returns Milliseconds from now for each run; null from where it can't be said.
 */
export function listSchedule(
  freeMs: readonly (number | null)[],
  lengthsMs: readonly (number | null)[],
): (number | null)[] {
  if (freeMs.length === 0 || freeMs.includes(null)) return lengthsMs.map(() => null);
  const free = [...(freeMs as number[])];
  let isKnown = true;
  return lengthsMs.map((length) => {
    isKnown &&= length !== null;
    if (!isKnown) return null;
    const first = free.indexOf(Math.min(...free));
    return (free[first]! += length!);
  });
}
