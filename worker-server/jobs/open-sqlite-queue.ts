import type { Engine } from '../engines/engine.ts';
import { Notifier } from './notifier.ts';
import { DataFolder } from './data-folder.ts';
import { QUEUE_LIMITS, type QueueLimits } from './queue-limits.ts';
import type { QueueParts } from './queue-parts.ts';
import { DurationBook } from './duration-book.ts';
import { SqliteQueue } from './sqlite-queue.ts';
import type { JobQueue } from './job-queue.ts';
import type { LiveRun } from './live-run.ts';
import { recover } from './recover.ts';
import { Database, DataFolderError } from '../storage/database.ts';
import { EventLog } from './store/event-log.ts';
import { JobTable } from './store/job-table.ts';
import { JOB_MIGRATIONS } from './store/job-migrations.ts';
import { migrate } from '../storage/migrations.ts';
import { RunTable } from './store/run-table.ts';
import { WaitingRoom } from './waiting-room.ts';

export interface SqliteQueueOptions {
  /** Made if it isn't there. One queue at a time may use it. */
  dataFolder: string;
  /** Each of another name. The queue starts them; whoever made them disposes of them, after the queue. */
  engines: readonly Engine[];
  limits?: Partial<QueueLimits>;
  /** Hears of errors that nobody foresaw, for the log. */
  onFault?: (error: unknown) => void;
}

/**
 * Opens a queue that keeps its jobs in SQLite and its sound in files. Jobs that a dead server left are taken up again:
 * those that waited wait on, those that ran are run once more. Engines make the same bytes of the same request, so
 * whoever listened goes on at the offset where he was; should the bytes differ after all, the job fails.
 * @throws DataFolderError when the folder can't be made or written, another server uses it, or a newer one has.
 */
export function openSqliteQueue({
  dataFolder,
  engines,
  limits: some,
  onFault = () => {},
}: SqliteQueueOptions): JobQueue {
  const limits = { ...QUEUE_LIMITS, ...some };
  const [folder, db] = openFolder(dataFolder);
  try {
    migrate(db, JOB_MIGRATIONS);
    const notifier = new Notifier();
    const [runs, jobs] = [new RunTable(db), new JobTable(db)];
    const log = new EventLog(db, notifier, limits);
    const durations = new DurationBook(db);
    const live = new Map<string, LiveRun>();
    const { runningPerClient } = limits;
    const isReady = (name: string) =>
      engines.some((engine) => engine.about().name === name && engine.about().state === 'ready');
    const room = new WaitingRoom({ runs, jobs, log, durations, runningPerClient, live, isReady });
    const closing = new AbortController();
    const totals = {
      doneTotal: 0,
      failedTotal: 0,
      cancelledTotal: 0,
      runsTotal: 0,
      cacheHitsTotal: 0,
      engineSecondsTotal: 0,
    };
    const parts: QueueParts = {
      ...{ db, folder, runs, jobs, log, notifier, durations, room, live, limits, totals, onFault },
      closing: closing.signal,
    };
    recover(parts, new Set(engines.map((engine) => engine.about().name)));
    return new SqliteQueue(parts, engines, closing);
  } catch (error) {
    db[Symbol.dispose]();
    throw error;
  }
}

function openFolder(path: string): [DataFolder, Database] {
  try {
    const folder = new DataFolder(path);
    return [folder, new Database(folder.databasePath)];
  } catch (error) {
    if (error instanceof DataFolderError) throw error;
    throw new DataFolderError(`The data folder ${path} can't be used: ${(error as Error).message}.`);
  }
}
