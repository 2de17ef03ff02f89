import type { JobId } from '#lib/protocol/job-request.ts';
import type { DurationEstimates } from './duration-estimates.ts';
import { fairOrder } from './fair-queue.ts';
import type { RunInProgress } from './run-in-progress.ts';
import type { EventLog } from './store/event-log.ts';
import type { JobTable } from './store/job-table.ts';

/** `retryAfterMs` when the duration of the running run can't be estimated. */
const DEFAULT_RETRY_MILLISECONDS = 10_000;

/** Position of a waiting run: the number of runs before it, and the time until its result, null when unknown. */
export interface QueuePosition {
  position: number;
  etaMs: number | null;
}

interface Dependencies {
  jobs: JobTable;
  log: EventLog;
  estimates: DurationEstimates;
  /** The run in progress of each engine. */
  running: ReadonlyMap<string, RunInProgress>;
  /** False while an engine loads, which takes an unknown time. */
  isReady: (engine: string) => boolean;
}

/** Positions and waiting times of the queued jobs. */
export class QueuePositions {
  readonly #deps: Dependencies;
  /** The position that was last emitted to each waiting job. */
  readonly #emitted = new Map<JobId, number>();

  constructor(deps: Dependencies) {
    this.#deps = deps;
  }

  /** The positions of all waiting runs of an engine, by run. */
  of(engine: string): Map<number, QueuePosition> {
    const { jobs, estimates, running, isReady } = this.#deps;
    const waiting = jobs.waitingFor(engine);
    const buckets = new Map(waiting.map(({ run, bucket }) => [run, bucket]));
    const positions = new Map<number, QueuePosition>();
    const current = running.get(engine);
    // A run that crashed is queued again while it is still the engine's current one.
    const isBusy = current !== undefined && !buckets.has(current.id);
    let etaMs = isBusy ? this.remainingMs(engine) : isReady(engine) ? 0 : null;
    let position = isBusy ? 1 : 0;
    for (const id of fairOrder(waiting)) {
      const own = estimates.median(buckets.get(id)!);
      etaMs = etaMs === null || own === null ? null : etaMs + own;
      positions.set(id, { position: position++, etaMs });
    }
    return positions;
  }

  /** Milliseconds until the result of the engine's current run; null when its kind was never measured. */
  remainingMs(engine: string): number | null {
    const current = this.#deps.running.get(engine);
    const median = current ? this.#deps.estimates.median(current.bucket) : null;
    return current && median !== null
      ? Math.max(0, Math.round(median - (performance.now() - current.startedAt)))
      : null;
  }

  /** When a client may retry after a `QueueFullError`. */
  retryAfterMs(engine: string): number {
    return Math.max(1000, this.remainingMs(engine) ?? DEFAULT_RETRY_MILLISECONDS);
  }

  /** Emits `queued` to the jobs whose position has changed. */
  emitChanges(engine: string): void {
    const positions = this.of(engine);
    const changed = this.#deps.jobs
      .waitingFor(engine)
      .map(({ id, run }) => ({ job: id, at: positions.get(run)! }))
      .filter(({ job, at }) => this.#emitted.get(job) !== at.position);
    this.#deps.log.emitTransient(changed.map(({ job, at }) => ({ job, event: { t: 'queued', ...at } })));
    for (const { job, at } of changed) this.#emitted.set(job, at.position);
  }

  /** Records a position that was emitted with another event. */
  markEmitted(id: JobId, position: number): void {
    this.#emitted.set(id, position);
  }

  /** The job no longer waits. */
  forget(id: JobId): void {
    this.#emitted.delete(id);
  }
}
