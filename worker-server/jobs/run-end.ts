import { setTimeout as sleep } from 'node:timers/promises';
import type { EngineError } from '../engines/engine.ts';
import type { QueueParts } from './queue-parts.ts';
import { isDiskFull } from './disk-full.ts';
import { judgeFailure, wireError, type Failure } from './judge-failure.ts';
import type { LiveRun } from './live-run.ts';
import { RunDiffersError } from './sound/run-sound.ts';
import type { Run } from './store/run-table.ts';
import type { Sweeper } from './sweeper.ts';

/** How long a full disk is left alone before the next try. */
const DISK_FULL_MILLISECONDS = 1000;

type Outcome = 'cancelled' | 'again' | 'put back' | Failure;

/** What becomes of runs that did not come to their good end. */
export class RunEnd {
  readonly #parts: QueueParts;
  readonly #sweeper: Sweeper;

  constructor(parts: QueueParts, sweeper: Sweeper) {
    this.#parts = parts;
    this.#sweeper = sweeper;
  }

  /** Fails the jobs of a run that never began. */
  async refuse(run: Run, error: EngineError): Promise<void> {
    await this.#settle(run, { error: wireError(error), isRetryable: error.isRetryable });
  }

  /** Ends a run that failed, died or was stopped; never rejects. */
  async fail(run: Run, live: LiveRun, error: unknown): Promise<void> {
    const outcome = this.#judge(run, live, error);
    const isKept = outcome === 'again' || outcome === 'put back';
    const { sound } = live;
    live.sound = null;
    await sound?.abandon(isKept).catch(this.#parts.onFault);
    await this.#settle(run, outcome);
  }

  #judge(run: Run, live: LiveRun, error: unknown): Outcome {
    const { jobs, limits, onFault } = this.#parts;
    if (jobs.activeOf(run.id).length === 0) return 'cancelled';
    const isForGood = isDiskFull(error) || error instanceof RunDiffersError;
    if (live.isPutBack && !isForGood) return 'put back';
    return judgeFailure(error, run.deaths < limits.mostDeaths, onFault);
  }

  /** Writes down how it ended, as soon as the disk allows it. */
  async #settle(run: Run, outcome: Outcome): Promise<void> {
    const { db, closing, onFault, notifier } = this.#parts;
    for (;;) {
      try {
        db.transaction(() => this.#writeOutcome(run, outcome));
        notifier.notify(`run ${run.id}`);
        this.#sweeper.sweepQuietly();
        return;
      } catch (error) {
        if (!isDiskFull(error)) onFault(error);
      }
      try {
        this.#sweeper.makeRoom();
      } catch (error) {
        if (!isDiskFull(error)) onFault(error);
      }
      // What could not be written is found at the next start: the run counts as running until then.
      if (await sleep(DISK_FULL_MILLISECONDS, false, { signal: closing }).catch(() => true)) return;
    }
  }

  #writeOutcome(run: Run, outcome: Outcome): void {
    const { runs, jobs, log, room, totals } = this.#parts;
    const now = Date.now();
    if (outcome === 'cancelled') {
      runs.giveUp(run.id, 'cancelled', now);
    } else if (outcome === 'again' || outcome === 'put back') {
      runs.requeue(run.id, outcome === 'again');
      jobs.setActive(run.id, 'queued');
      const place = room.places(run.engine).get(run.id)!;
      for (const { id } of jobs.activeOf(run.id)) {
        log.emit(id, { t: 'queued', ...place });
        room.markNotified(id, place.position);
      }
    } else {
      const active = jobs.activeOf(run.id);
      runs.giveUp(run.id, 'failed', now);
      for (const { id } of active) {
        room.leave(id);
        jobs.end(id, 'failed', now);
        log.emit(id, { t: 'failed', ...outcome });
      }
      totals.failedTotal += active.length;
    }
  }
}
