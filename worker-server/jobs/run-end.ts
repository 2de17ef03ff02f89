import { setTimeout as sleep } from 'node:timers/promises';
import type { WireError } from '#lib/protocol/job-event.ts';
import { EngineError } from '../engines/engine.ts';
import type { DeskParts } from './desk-parts.ts';
import { DiskFullError, isDiskFull } from './disk-full.ts';
import type { LiveRun } from './live-run.ts';
import { RunDiffersError } from './sound/run-sound.ts';
import type { Run } from './store/run-table.ts';
import type { Sweeper } from './sweeper.ts';

/** How long a full disk is left alone before the next try. */
const DISK_FULL_MILLISECONDS = 1000;

type Outcome = 'cancelled' | 'again' | 'put back' | { error: WireError; isRetryable: boolean };

/** What becomes of runs that did not come to their good end. */
export class RunEnd {
  readonly #parts: DeskParts;
  readonly #sweeper: Sweeper;

  constructor(parts: DeskParts, sweeper: Sweeper) {
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
    if (isDiskFull(error)) return { error: wireError(new DiskFullError()), isRetryable: true };
    if (error instanceof RunDiffersError) return { error: wireError(error), isRetryable: true };
    if (live.isPutBack) return 'put back';
    if (error instanceof EngineError) {
      if (error.isRetryable && run.deaths < limits.mostDeaths) return 'again';
      return { error: wireError(error), isRetryable: error.isRetryable };
    }
    onFault(error);
    const message = 'The server met an error of its own while it worked on this.';
    // What the system refused just now, such as one more open file, it may allow the next time.
    const isRetryable = error instanceof Error && 'syscall' in error;
    return { error: { name: 'ServerError', message }, isRetryable };
  }

  /** Writes down how it ended, as soon as the disk allows it. */
  async #settle(run: Run, outcome: Outcome): Promise<void> {
    const { db, closing, onFault, bells } = this.#parts;
    for (;;) {
      try {
        db.transaction(() => this.#writeOutcome(run, outcome));
        bells.ring(`run ${run.id}`);
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
        log.tell(id, { t: 'queued', ...place });
        room.hasHeard(id, place.position);
      }
    } else {
      const active = jobs.activeOf(run.id);
      runs.giveUp(run.id, 'failed', now);
      for (const { id } of active) {
        room.leave(id);
        jobs.end(id, 'failed', now);
        log.tell(id, { t: 'failed', ...outcome });
      }
      totals.failedTotal += active.length;
    }
  }
}

function wireError({ name, message }: Error): WireError {
  return { name, message };
}
