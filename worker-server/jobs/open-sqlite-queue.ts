import type { Engine, EngineError } from '../engines/engine.ts';
import { Database, DataFolderError } from '../storage/database.ts';
import { migrate } from '../storage/migrations.ts';
import { Admission } from './admission.ts';
import { DataFolder } from './data-folder.ts';
import { DurationEstimates } from './duration-estimates.ts';
import { EngineLoop } from './engine-loop.ts';
import { FailureHandler } from './failure-handler.ts';
import type { JobQueue, QueueTotals } from './job-queue.ts';
import { JobStreams } from './job-streams.ts';
import { Notifier } from './notifier.ts';
import { QUEUE_LIMITS, type QueueLimits } from './queue-limits.ts';
import { QueuePositions } from './queue-positions.ts';
import { recover } from './recover.ts';
import { Retention } from './retention.ts';
import type { RunInProgress } from './run-in-progress.ts';
import { Runner } from './runner.ts';
import { Scheduler } from './scheduler.ts';
import { SqliteQueue } from './sqlite-queue.ts';
import { EventLog } from './store/event-log.ts';
import { JOB_MIGRATIONS } from './store/job-migrations.ts';
import { JobTable } from './store/job-table.ts';
import { RunTable } from './store/run-table.ts';

export interface SqliteQueueOptions {
  /** Created if missing. Only one queue at a time may use it. */
  dataFolder: string;
  /** Engines with different names. The queue starts them; the caller disposes them after the queue. */
  engines: readonly Engine[];
  limits?: Partial<QueueLimits>;
  /** Called with unexpected errors, for the log. */
  onUnexpectedError?: (error: unknown) => void;
}

/**
 * Opens a queue that keeps jobs in SQLite and sound in files, and recovers the jobs of a server that crashed: queued jobs
 * stay queued, running ones run once more. Engines generate the same bytes for the same request, so clients can resume
 * at their offset; if the bytes differ, the job fails.
 * @throws DataFolderError when the folder can't be used, or another or a newer server uses it.
 */
export function openSqliteQueue(options: SqliteQueueOptions): JobQueue {
  const { dataFolder, engines, onUnexpectedError = () => {} } = options;
  const limits = { ...QUEUE_LIMITS, ...options.limits };
  const [folder, db] = openFolder(dataFolder);
  try {
    migrate(db, JOB_MIGRATIONS);
    return compose(folder, db, engines, limits, onUnexpectedError);
  } catch (error) {
    db[Symbol.dispose]();
    throw error;
  }
}

function compose(
  folder: DataFolder,
  db: Database,
  engines: readonly Engine[],
  limits: QueueLimits,
  onUnexpectedError: (error: unknown) => void,
): JobQueue {
  const controller = new AbortController();
  const closing = controller.signal;
  const notifier = new Notifier();
  const tables = { runs: new RunTable(db), jobs: new JobTable(db), log: new EventLog(db, notifier, limits) };
  const { runs, jobs } = tables;
  const estimates = new DurationEstimates(db);
  const running = new Map<string, RunInProgress>();
  const totals = newTotals();
  const isReady = (name: string) =>
    engines.some((engine) => engine.about().name === name && engine.about().state === 'ready');
  const scheduler = new Scheduler(jobs, runs, limits.runningPerClient);
  const positions = new QueuePositions({ ...tables, estimates, running, isReady });
  const retention = new Retention({ ...tables, folder, limits, onUnexpectedError });
  const failures = new FailureHandler({
    ...tables,
    db,
    notifier,
    positions,
    retention,
    limits,
    totals,
    onUnexpectedError,
    closing,
  });
  const runner = new Runner({
    ...tables,
    db,
    folder,
    notifier,
    estimates,
    positions,
    retention,
    failures,
    running,
    totals,
  });
  recover({ ...tables, db, positions, limits }, new Set(engines.map((engine) => engine.about().name)));
  const loops = new Map<string, EngineLoop>();
  const handlers = {
    next: (engine: string) => scheduler.next(engine),
    execute: runner.execute.bind(runner),
    hasWaiting: (engine: string) => jobs.waitingFor(engine).length > 0,
    refuseAll: async (engine: string, error: EngineError) => {
      for (const id of positions.of(engine).keys()) await failures.refuse(runs.get(id)!, error);
    },
    onEnded: () => {
      for (const loop of loops.values()) {
        positions.emitChanges(loop.name);
        loop.wake();
      }
    },
    onUnexpectedError,
  };
  for (const engine of engines) {
    loops.set(engine.about().name, new EngineLoop(engine, handlers, limits.engineRetryMs));
  }
  const admission = new Admission({ ...tables, folder, scheduler, positions, running, limits, totals });
  const streams = new JobStreams({ ...tables, folder, running, notifier, closing });
  return new SqliteQueue({
    ...tables,
    db,
    folder,
    notifier,
    positions,
    admission,
    streams,
    retention,
    loops,
    running,
    totals,
    closing: controller,
  });
}

function newTotals(): QueueTotals {
  return {
    doneTotal: 0,
    failedTotal: 0,
    cancelledTotal: 0,
    runsTotal: 0,
    cacheHitsTotal: 0,
    engineSecondsTotal: 0,
  };
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
