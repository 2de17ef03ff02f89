import type { JobId } from '#lib/protocol/job-request.ts';
import type { DurationBook } from './duration-book.ts';
import { fairOrder, turnOf } from './fair-order.ts';
import type { LiveRun } from './live-run.ts';
import type { EventLog } from './store/event-log.ts';
import type { JobTable } from './store/job-table.ts';
import type { Run, RunTable } from './store/run-table.ts';

/** How long a client is told to wait when nothing was measured. */
const UNMEASURED_MILLISECONDS = 10_000;

/** Where a job stands: how many runs come before its own, and the time until its result if that can be said. */
export interface Place {
  position: number;
  etaMs: number | null;
}

interface Parts {
  runs: RunTable;
  jobs: JobTable;
  log: EventLog;
  durations: DurationBook;
  runningPerClient: number;
  /** What each engine is doing. */
  live: ReadonlyMap<string, LiveRun>;
  /** False while an engine loads, which takes a time of its own. */
  isReady: (engine: string) => boolean;
}

/** Who waits for which engine, in which order, and for how long. */
export class WaitingRoom {
  readonly #parts: Parts;
  /** The position that each waiting job was told last. */
  readonly #told = new Map<JobId, number>();
  /** The latest turn of each engine that was served. */
  readonly #served = new Map<string, number>();

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  /** The run whose turn it is, or null when none may begin: a client's jobs run one after another. */
  next(engine: string): Run | null {
    const { jobs, runs, runningPerClient } = this.#parts;
    const running = jobs.runningByClient();
    const waiting = jobs.waitingFor(engine);
    const mayRun = (run: number) =>
      waiting.some((job) => job.run === run && (running.get(job.client) ?? 0) < runningPerClient);
    const id = fairOrder(waiting).find(mayRun);
    if (id === undefined) return null;
    const turn = Math.min(...waiting.filter(({ run }) => run === id).map((job) => job.turn));
    this.#served.set(engine, Math.max(this.#servedTurn(engine), turn));
    return runs.get(id) ?? null;
  }

  /** The turn of a client's next job. */
  newTurn(client: string, engine: string): number {
    return turnOf(this.#parts.jobs.lastTurn(client, engine), this.#servedTurn(engine));
  }

  /** The places of all waiting runs of an engine. */
  places(engine: string): Map<number, Place> {
    const { jobs, durations, live, isReady } = this.#parts;
    const waiting = jobs.waitingFor(engine);
    const buckets = new Map(waiting.map(({ run, bucket }) => [run, bucket]));
    const places = new Map<number, Place>();
    const running = live.get(engine);
    // A run that died waits again before the engine has let go of it.
    const isBusy = running !== undefined && !buckets.has(running.id);
    let etaMs = isBusy ? this.remainingMs(engine) : isReady(engine) ? 0 : null;
    let position = isBusy ? 1 : 0;
    for (const id of fairOrder(waiting)) {
      const own = durations.median(buckets.get(id)!);
      etaMs = etaMs === null || own === null ? null : etaMs + own;
      places.set(id, { position: position++, etaMs });
    }
    return places;
  }

  /** Milliseconds until the result of the run that an engine is at; null while none like it was measured. */
  remainingMs(engine: string): number | null {
    const run = this.#parts.live.get(engine);
    const median = run ? this.#parts.durations.median(run.bucket) : null;
    return run && median !== null
      ? Math.max(0, Math.round(median - (performance.now() - run.startedAt)))
      : null;
  }

  /** When there may be room again, as measured. */
  retryAfterMs(engine: string): number {
    return Math.max(1000, this.remainingMs(engine) ?? UNMEASURED_MILLISECONDS);
  }

  /** Tells those whose position has changed. */
  emitPositions(engine: string): void {
    const places = this.places(engine);
    const moved = this.#parts.jobs
      .waitingFor(engine)
      .map(({ id, run }) => ({ job: id, place: places.get(run)! }))
      .filter(({ job, place }) => this.#told.get(job) !== place.position);
    this.#parts.log.emitTransient(moved.map(({ job, place }) => ({ job, event: { t: 'queued', ...place } })));
    for (const { job, place } of moved) this.#told.set(job, place.position);
  }

  /** Somebody was told in another way. */
  markNotified(id: JobId, position: number): void {
    this.#told.set(id, position);
  }

  /** A job waits no more. */
  leave(id: JobId): void {
    this.#told.delete(id);
  }

  #servedTurn(engine: string): number {
    const turn = this.#served.get(engine) ?? this.#parts.jobs.servedTurn(engine);
    this.#served.set(engine, turn);
    return turn;
  }
}
