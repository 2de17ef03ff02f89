import type { QueueLimits } from './jobs/queue-limits.ts';
import type { Settings } from './settings.ts';

/** What the settings say about how much a queue takes on and keeps. */
export function limitsOf(settings: Settings): Partial<QueueLimits> {
  return {
    queued: settings.QUEUE_LIMIT,
    queuedPerClient: settings.JOBS_PER_CLIENT,
    keptMs: settings.KEEP_HOURS * 3600_000,
    keptBytes: settings.CACHE_MEGABYTES * 1e6,
  };
}
