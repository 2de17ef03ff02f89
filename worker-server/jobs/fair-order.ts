/** A job that waits for its run. */
export interface Waiting {
  run: number;
  client: string;
  /** Counts up with every job that was handed in. */
  ordinal: number;
}

/**
 * The runs in the order in which they get their turn. A job stands behind as many others as its client has running
 * or waiting before it; among equals the older comes first. So clients take turns, nobody's first job waits for
 * anybody's second, and nobody starves. A run that several jobs share stands where the best of them stands.
 * @param running How many jobs of each client run now.
 */
export function fairOrder(waiting: readonly Waiting[], running: ReadonlyMap<string, number>): number[] {
  const had = new Map(running);
  const places = new Map<number, { rank: number; ordinal: number }>();
  for (const { run, client, ordinal } of [...waiting].sort((a, b) => a.ordinal - b.ordinal)) {
    const rank = had.get(client) ?? 0;
    had.set(client, rank + 1);
    const place = places.get(run);
    if (!place || rank < place.rank) places.set(run, { rank, ordinal });
  }
  return [...places].sort(([, a], [, b]) => a.rank - b.rank || a.ordinal - b.ordinal).map(([run]) => run);
}
