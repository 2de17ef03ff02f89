import { setTimeout as sleep } from 'node:timers/promises';
import type { EngineAbout } from '#lib/protocol/engine-about.ts';
import type { JobEvent } from '#lib/protocol/job-event.ts';
import type { JobId } from '#lib/protocol/job-request.ts';
import { EngineError } from '../engines/engine.ts';
import type { Database } from '../storage/database.ts';
import type { Admission } from './admission.ts';
import { checkEngine } from './check-engine.ts';
import { requestDigest } from './content-key.ts';
import type { DataFolder } from './data-folder.ts';
import { DiskFullError, ifThereIsRoom, isDiskFull } from './disk-full.ts';
import type { EngineLoop } from './engine-loop.ts';
import { JobConflictError, JobUnknownError, QueueFullError } from './job-queue.ts';
import type { JobQueue, JobRequest, JobState, QueueStats, QueueTotals } from './job-queue.ts';
import type { JobStreams } from './job-streams.ts';
import type { Notifier } from './notifier.ts';
import type { QueuePositions } from './queue-positions.ts';
import type { Retention } from './retention.ts';
import type { RunInProgress } from './run-in-progress.ts';
import type { EventLog } from './store/event-log.ts';
import type { Job, JobTable } from './store/job-table.ts';
import type { RunTable } from './store/run-table.ts';

const RETENTION_MILLISECONDS = 10 * 60_000;
/** `retryAfterMs` of a job that doesn't fit on the disk. */
const DISK_FULL_MILLISECONDS = 30_000;
/** `retryAfterMs` of a job that comes while the server stops. */
const DRAINING_MILLISECONDS = 5000;
/** How long an engine may take to abort a run. */
const ABORT_MILLISECONDS = 5000;

interface Dependencies {
  db: Database;
  folder: DataFolder;
  runs: RunTable;
  jobs: JobTable;
  log: EventLog;
  notifier: Notifier;
  positions: QueuePositions;
  admission: Admission;
  streams: JobStreams;
  retention: Retention;
  /** The loop of each engine, by its name. */
  loops: ReadonlyMap<string, EngineLoop>;
  running: ReadonlyMap<string, RunInProgress>;
  totals: QueueTotals;
  /** Aborted by closing the queue. */
  closing: AbortController;
}

/** The queue of one process: jobs in SQLite, sound in files. Opened by `openSqliteQueue()`. */
export class SqliteQueue implements JobQueue {
  readonly #deps: Dependencies;
  readonly #retentionTimer: NodeJS.Timeout;
  #isDraining = false;

  constructor(deps: Dependencies) {
    this.#deps = deps;
    const { retention, loops } = deps;
    this.#retentionTimer = setInterval(() => retention.applyQuietly(), RETENTION_MILLISECONDS).unref();
    retention.applyQuietly();
    retention.removeOrphans();
    for (const loop of loops.values()) {
      loop.startEngine();
      loop.wake();
    }
  }

  engines(): EngineAbout[] {
    return [...this.#deps.loops.values()].map(({ engine }) => engine.about());
  }

  // eslint-disable-next-line @typescript-eslint/require-await -- RedisQueue has to await
  async submit(client: string, id: JobId, request: JobRequest): Promise<JobState> {
    const { db, jobs, admission, positions } = this.#deps;
    const digest = requestDigest(request);
    const existing = jobs.get(id);
    if (existing && existing.request !== digest) {
      throw new JobConflictError(
        'This job id is taken by another request: each request needs an id of its own.',
      );
    }
    if (existing) return this.#stateOf(existing);
    const loop = this.#loopFor(request);
    if (this.#isDraining) throw new QueueFullError('The server is about to restart.', DRAINING_MILLISECONDS);
    try {
      db.transaction(() => admission.admit(client, id, digest, request, loop.engine.about()));
    } catch (error) {
      if (!isDiskFull(error)) throw error;
      throw new QueueFullError(new DiskFullError().message, DISK_FULL_MILLISECONDS);
    }
    positions.emitChanges(loop.name);
    loop.wake();
    return this.#stateOf(this.#job(id));
  }

  // eslint-disable-next-line @typescript-eslint/require-await -- RedisQueue has to await
  async state(id: JobId): Promise<JobState> {
    return this.#stateOf(this.#job(id));
  }

  events(id: JobId, afterSeq: number, signal: AbortSignal): AsyncIterable<JobEvent> {
    this.#job(id);
    return this.#deps.streams.events(id, afterSeq, signal);
  }

  audio(id: JobId, offset: number, signal: AbortSignal): AsyncIterable<Uint8Array> {
    const { run } = this.#job(id);
    ifThereIsRoom(() => this.#deps.runs.touch(run, Date.now()));
    return this.#deps.streams.audio(id, offset, signal);
  }

  // eslint-disable-next-line @typescript-eslint/require-await -- RedisQueue has to await
  async cancel(id: JobId): Promise<boolean> {
    const { db, folder, runs, jobs, log, positions, retention, running, totals, notifier, loops } =
      this.#deps;
    const job = this.#job(id);
    if (job.status !== 'queued' && job.status !== 'running') return false;
    const run = runs.get(job.run)!;
    const isLast = db.transaction(() => {
      jobs.end(id, 'cancelled', Date.now());
      log.emit(id, { t: 'cancelled' });
      const left = jobs.activeOf(run.id).length;
      if (left === 0) runs.abandon(run.id, 'cancelled', Date.now());
      return left === 0;
    });
    totals.cancelledTotal++;
    positions.forget(id);
    notifier.notify(`run ${run.id}`);
    const current = running.get(run.engine);
    if (isLast && current?.id === run.id) {
      current.controller.abort(new DOMException('The job was cancelled.', 'AbortError'));
    } else if (isLast) {
      retention.applyQuietly();
      folder.removeSound(run.id);
    }
    positions.emitChanges(run.engine);
    // The client has one running job less, so its next one may start on another engine.
    for (const loop of loops.values()) loop.wake();
    return true;
  }

  stats(): Promise<QueueStats> {
    const { jobs, loops, totals } = this.#deps;
    return Promise.resolve({ ...jobs.count(), workers: loops.size, ...totals });
  }

  async drain(graceMs: number): Promise<void> {
    this.#isDraining = true;
    for (const loop of this.#deps.loops.values()) loop.close();
    const ended = this.#allEnded();
    const isOver = await Promise.race([ended.then(() => true), sleep(graceMs, false, { ref: false })]);
    if (isOver) return;
    this.#requeue();
    await Promise.race([ended, sleep(ABORT_MILLISECONDS, null, { ref: false })]);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    const { closing, log, notifier, db } = this.#deps;
    if (closing.signal.aborted) return;
    clearInterval(this.#retentionTimer);
    // Outcomes that wait for space on the disk are given up.
    closing.abort(new DOMException('The queue is closed.', 'AbortError'));
    await this.drain(0);
    log.close();
    notifier.notifyAll();
    db[Symbol.dispose]();
  }

  async #allEnded(): Promise<void> {
    await Promise.all([...this.#deps.running.values()].map(({ ended }) => ended));
  }

  /** Aborts all runs in progress and queues them for the next start. */
  #requeue(): void {
    for (const progress of this.#deps.running.values()) {
      progress.isRequeued = true;
      progress.controller.abort(new DOMException('The server stops.', 'AbortError'));
    }
  }

  /** @throws EngineError */
  #loopFor(request: JobRequest): EngineLoop {
    const loop = this.#deps.loops.get(request.spec.engine);
    try {
      checkEngine(request, this.engines());
    } catch (error) {
      if (error instanceof EngineError && error.isRetryable) loop?.startEngine();
      throw error;
    }
    return loop!;
  }

  #job(id: JobId): Job {
    const job = this.#deps.jobs.get(id);
    if (job) return job;
    throw new JobUnknownError('There is no job with this id, or none any more: jobs are kept for a day.');
  }

  #stateOf({ id, verb, status }: Job): JobState {
    return { id, verb, status, last: this.#deps.log.last(id) };
  }
}
