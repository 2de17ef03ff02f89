/** Times that were found and times that are true, compared one to one within a tolerance. */
export interface Figures {
  hits: number;
  found: number;
  wanted: number;
  /** Harmonic mean of precision and recall; 1 when there is nothing to find and nothing was found. */
  f1: number;
}

/** Pairs each true time with the nearest time found that is not taken yet. */
export function compareTimes(
  found: readonly number[],
  wanted: readonly number[],
  toleranceSeconds: number,
): Figures {
  const free = new Set(found);
  let hits = 0;
  for (const time of wanted) {
    const [nearest] = [...free].sort((a, b) => Math.abs(a - time) - Math.abs(b - time));
    if (nearest === undefined || Math.abs(nearest - time) > toleranceSeconds) continue;
    free.delete(nearest);
    hits++;
  }
  const all = found.length + wanted.length;
  return { hits, found: found.length, wanted: wanted.length, f1: all === 0 ? 1 : (2 * hits) / all };
}
