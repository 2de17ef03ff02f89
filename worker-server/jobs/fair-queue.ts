/** A job that waits for its run. */
export interface WaitingJob {
  run: number;
  /** See `startTag()`. */
  startTag: number;
  /** Counts up with every submitted job. */
  ordinal: number;
}

/**
 * The start tag of a client's new job in start-time fair queueing (Goyal, Vin, Cheng 1996) with jobs of equal cost. So
 * clients alternate, no client's first job waits for another client's second one, nobody accumulates credit while idle,
 * and nobody starves.
 * @param lastOfClient Start tag of the client's newest job that has not ended; null when there is none.
 * @param virtualTime The highest start tag of a job that was started.
 */
export function startTag(lastOfClient: number | null, virtualTime: number): number {
  return Math.max(virtualTime, lastOfClient === null ? 0 : lastOfClient + 1);
}

/** Runs in the order in which they start: by start tag, then by age. A run that jobs share has the best of their places. */
export function fairOrder(waiting: readonly WaitingJob[]): number[] {
  const sorted = [...waiting].sort((a, b) => a.startTag - b.startTag || a.ordinal - b.ordinal);
  return [...new Set(sorted.map(({ run }) => run))];
}
