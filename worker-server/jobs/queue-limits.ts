import type { Settings } from '../settings.ts';

/** How many jobs a queue accepts, and how long it keeps their results. */
export interface QueueLimits {
  /** Queued jobs of all clients. */
  queued: number;
  queuedPerClient: number;
  runningPerClient: number;
  /** How long ended jobs and their sound are kept, milliseconds. */
  retentionMs: number;
  /** Size of all finished sound; the least recently used is deleted first. */
  cacheBytes: number;
  /** How often a run is retried after a crash of its engine or server before its jobs fail. */
  maxCrashes: number;
  /** Shortest time between two attempts to start an engine that could not be started, milliseconds. */
  engineRetryMs: number;
  /** Events kept per job. */
  eventsPerJob: number;
  /** Shortest time between two transient events of one kind and job, milliseconds. */
  throttleMs: number;
}

export const QUEUE_LIMITS: QueueLimits = {
  queued: 500,
  queuedPerClient: 3,
  runningPerClient: 1,
  retentionMs: 24 * 3600_000,
  cacheBytes: 2 * 1024 ** 3,
  maxCrashes: 1,
  engineRetryMs: 30_000,
  eventsPerJob: 40,
  throttleMs: 250,
};

/** The limits that the settings define. */
export function limitsOf(settings: Settings): Partial<QueueLimits> {
  return {
    queued: settings.QUEUE_LIMIT,
    queuedPerClient: settings.JOBS_PER_CLIENT,
    retentionMs: settings.KEEP_HOURS * 3600_000,
    cacheBytes: settings.CACHE_MEGABYTES * 1e6,
  };
}
