import type { Notifier } from './notifier.ts';
import type { DataFolder } from './data-folder.ts';
import type { QueueLimits } from './queue-limits.ts';
import type { DurationBook } from './duration-book.ts';
import type { QueueStats } from './job-queue.ts';
import type { LiveRun } from './live-run.ts';
import type { Database } from '../storage/database.ts';
import type { EventLog } from './store/event-log.ts';
import type { JobTable } from './store/job-table.ts';
import type { RunTable } from './store/run-table.ts';
import type { WaitingRoom } from './waiting-room.ts';

/** What the parts of a queue share. */
export interface QueueParts {
  db: Database;
  folder: DataFolder;
  runs: RunTable;
  jobs: JobTable;
  log: EventLog;
  notifier: Notifier;
  durations: DurationBook;
  room: WaitingRoom;
  /** What each engine is doing, by its name. */
  live: Map<string, LiveRun>;
  limits: QueueLimits;
  /** Since the queue was opened. */
  totals: Omit<QueueStats, 'queued' | 'running' | 'workers'>;
  /** Hears of errors that nobody foresaw. */
  onFault: (error: unknown) => void;
  /** Aborted when the queue ends. */
  closing: AbortSignal;
}
