/** How much a queue takes on, and how long it keeps what it made. */
export interface QueueLimits {
  /** Jobs that wait, of all clients together. */
  queued: number;
  queuedPerClient: number;
  runningPerClient: number;
  /** How long an ended job and its sound are kept. */
  keptMs: number;
  /** How much finished sound is kept; what was not asked for the longest goes first. */
  keptBytes: number;
  /** How often a run may die, by its engine or with the server, before its jobs fail. */
  mostDeaths: number;
  /** Shortest time between two tries to start an engine that could not be started. */
  reviveMs: number;
  /** Events kept of one job. */
  eventsPerJob: number;
  /** Shortest time between two events of a kind that newer ones replace. */
  throttleMs: number;
}

export const QUEUE_LIMITS: QueueLimits = {
  queued: 500,
  queuedPerClient: 3,
  runningPerClient: 1,
  keptMs: 24 * 3600_000,
  keptBytes: 2 * 1024 ** 3,
  mostDeaths: 1,
  reviveMs: 30_000,
  eventsPerJob: 40,
  throttleMs: 250,
};
