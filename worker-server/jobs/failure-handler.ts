import { setTimeout as sleep } from 'node:timers/promises';
import type { EngineError } from '../engines/engine.ts';
import type { Database } from '../storage/database.ts';
import { classifyFailure, toWireError, type Failure } from './classify-failure.ts';
import { isDiskFull } from './disk-full.ts';
import type { QueueTotals } from './job-queue.ts';
import type { Notifier } from './notifier.ts';
import type { QueueLimits } from './queue-limits.ts';
import type { QueuePositions } from './queue-positions.ts';
import type { Retention } from './retention.ts';
import type { RunInProgress } from './run-in-progress.ts';
import { RunDiffersError } from './sound/run-sound.ts';
import type { EventLog } from './store/event-log.ts';
import type { JobTable } from './store/job-table.ts';
import type { Run, RunTable } from './store/run-table.ts';

/** Wait between two attempts to record an outcome while the disk is full. */
const DISK_FULL_MILLISECONDS = 1000;

/** `retry`: queued again after a crash. `requeue`: queued again because the server stops. */
type Outcome = 'cancelled' | 'retry' | 'requeue' | Failure;

interface Dependencies {
  db: Database;
  runs: RunTable;
  jobs: JobTable;
  log: EventLog;
  notifier: Notifier;
  positions: QueuePositions;
  retention: Retention;
  limits: QueueLimits;
  totals: QueueTotals;
  onUnexpectedError: (error: unknown) => void;
  /** Aborted when the queue is closed. */
  closing: AbortSignal;
}

/** Ends runs that did not complete: they are retried, or their jobs fail. */
export class FailureHandler {
  readonly #deps: Dependencies;

  constructor(deps: Dependencies) {
    this.#deps = deps;
  }

  /** Fails the jobs of a run that was never started. */
  async refuse(run: Run, error: EngineError): Promise<void> {
    await this.#settle(run, { error: toWireError(error), isRetryable: error.isRetryable });
  }

  /** Ends a run that failed, crashed or was aborted. Never rejects. */
  async fail(run: Run, progress: RunInProgress, error: unknown): Promise<void> {
    const outcome = this.#classify(run, progress, error);
    const isKept = outcome === 'retry' || outcome === 'requeue';
    const { sound } = progress;
    progress.sound = null;
    await sound?.abandon(isKept).catch(this.#deps.onUnexpectedError);
    await this.#settle(run, outcome);
  }

  #classify(run: Run, progress: RunInProgress, error: unknown): Outcome {
    const { jobs, limits, onUnexpectedError } = this.#deps;
    if (jobs.activeOf(run.id).length === 0) return 'cancelled';
    const isFinal = isDiskFull(error) || error instanceof RunDiffersError;
    if (progress.isRequeued && !isFinal) return 'requeue';
    return classifyFailure(error, run.crashes < limits.maxCrashes, onUnexpectedError);
  }

  /** Records the outcome, as soon as the disk has room for it. */
  async #settle(run: Run, outcome: Outcome): Promise<void> {
    const { db, closing, onUnexpectedError, notifier, retention } = this.#deps;
    for (;;) {
      try {
        db.transaction(() => this.#record(run, outcome));
        notifier.notify(`run ${run.id}`);
        retention.applyQuietly();
        return;
      } catch (error) {
        if (!isDiskFull(error)) onUnexpectedError(error);
      }
      try {
        retention.evictOldest();
      } catch (error) {
        if (!isDiskFull(error)) onUnexpectedError(error);
      }
      // If the queue is closed first, the run still counts as running and is recovered at the next start.
      if (await sleep(DISK_FULL_MILLISECONDS, false, { signal: closing }).catch(() => true)) return;
    }
  }

  #record(run: Run, outcome: Outcome): void {
    const { runs, jobs, log, positions, totals } = this.#deps;
    const now = Date.now();
    if (outcome === 'cancelled') {
      runs.abandon(run.id, 'cancelled', now);
    } else if (outcome === 'retry' || outcome === 'requeue') {
      runs.requeue(run.id, outcome === 'retry');
      jobs.setStatus(run.id, 'queued');
      const at = positions.of(run.engine).get(run.id)!;
      for (const { id } of jobs.activeOf(run.id)) {
        log.emit(id, { t: 'queued', ...at });
        positions.markEmitted(id, at.position);
      }
    } else {
      const active = jobs.activeOf(run.id);
      runs.abandon(run.id, 'failed', now);
      for (const { id } of active) {
        positions.forget(id);
        jobs.end(id, 'failed', now);
        log.emit(id, { t: 'failed', ...outcome });
      }
      totals.failedTotal += active.length;
    }
  }
}
