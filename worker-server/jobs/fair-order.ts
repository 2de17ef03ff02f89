/** A job that waits for its run. */
export interface Waiting {
  run: number;
  /** See `turnOf`. */
  turn: number;
  /** Counts up with every job that was handed in. */
  ordinal: number;
}

/**
 * The turn of a client's new job, by start-time fair queueing (Goyal, Vin, Cheng 1996) with jobs of equal cost: one
 * after the client's last that hasn't ended, but not before the turn that was served last. So clients take turns,
 * nobody's first job waits for anybody's second, nobody saves up turns, and nobody starves.
 */
export function turnOf(lastOfClient: number | null, lastServed: number): number {
  return Math.max(lastServed, lastOfClient === null ? 0 : lastOfClient + 1);
}

/** The runs in the order in which they are served: by turn, then by age. A run that several share has their best place. */
export function fairOrder(waiting: readonly Waiting[]): number[] {
  const sorted = [...waiting].sort((a, b) => a.turn - b.turn || a.ordinal - b.ordinal);
  return [...new Set(sorted.map(({ run }) => run))];
}
