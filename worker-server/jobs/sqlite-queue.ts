import { setTimeout as sleep } from 'node:timers/promises';
import type { EngineAbout } from '#lib/protocol/engine-about.ts';
import type { JobEvent } from '#lib/protocol/job-event.ts';
import type { JobId } from '#lib/protocol/job-request.ts';
import { EngineError, type Engine } from '../engines/engine.ts';
import { checkEngine } from './check-engine.ts';
import { requestDigest } from './content-key.ts';
import type { QueueParts } from './queue-parts.ts';
import { DiskFullError, ifThereIsRoom, isDiskFull } from './disk-full.ts';
import { JobConflictError, JobUnknownError, QueueFullError } from './job-queue.ts';
import type { QueueStats, JobQueue, JobRequest, JobState } from './job-queue.ts';
import { Followers } from './followers.ts';
import { Lane } from './lane.ts';
import { Reception } from './reception.ts';
import { RunEnd } from './run-end.ts';
import { Runner } from './runner.ts';
import type { Job } from './store/job-table.ts';
import type { Run } from './store/run-table.ts';
import { Sweeper } from './sweeper.ts';

const SWEEP_MILLISECONDS = 10 * 60_000;
const DISK_FULL_MILLISECONDS = 30_000;
const DRAINING_MILLISECONDS = 5000;
/** How long an engine may take to stop in the middle of a run. */
const ABORT_MILLISECONDS = 5000;

/** The queue of one process: SQLite and files. Made by `openSqliteQueue()`. */
export class SqliteQueue implements JobQueue {
  readonly #parts: QueueParts;
  readonly #closing: AbortController;
  readonly #lanes: Map<string, Lane>;
  readonly #sweeper: Sweeper;
  readonly #reception: Reception;
  readonly #followers: Followers;
  readonly #sweepTimer: NodeJS.Timeout;
  #isDraining = false;

  constructor(parts: QueueParts, engines: readonly Engine[], closing: AbortController) {
    this.#parts = parts;
    this.#closing = closing;
    this.#sweeper = new Sweeper(parts);
    this.#reception = new Reception(parts);
    this.#followers = new Followers(parts);
    const end = new RunEnd(parts, this.#sweeper);
    const runner = new Runner(parts, this.#sweeper, end);
    const work = {
      next: (engine: string) => parts.room.next(engine),
      perform: (run: Run, engine: Engine) => runner.perform(run, engine),
      hasWaiting: (engine: string) => parts.jobs.waitingFor(engine).length > 0,
      refuseAll: async (engine: string, error: EngineError) => {
        for (const id of parts.room.places(engine).keys()) await end.refuse(parts.runs.get(id)!, error);
      },
      onEnded: () => {
        for (const lane of this.#lanes.values()) {
          parts.room.emitPositions(lane.name);
          lane.wake();
        }
      },
      onFault: parts.onFault,
    };
    this.#lanes = new Map(
      engines.map((engine) => [engine.about().name, new Lane(engine, work, parts.limits.reviveMs)]),
    );
    this.#sweepTimer = setInterval(() => this.#sweeper.sweepQuietly(), SWEEP_MILLISECONDS).unref();
    this.#sweeper.sweepQuietly();
    this.#sweeper.clearStrays();
    for (const lane of this.#lanes.values()) {
      lane.revive();
      lane.wake();
    }
  }

  engines(): EngineAbout[] {
    return [...this.#lanes.values()].map(({ engine }) => engine.about());
  }

  // eslint-disable-next-line @typescript-eslint/require-await -- other queues have to ask over a network
  async submit(client: string, id: JobId, request: JobRequest): Promise<JobState> {
    const digest = requestDigest(request);
    const existing = this.#parts.jobs.get(id);
    if (existing && existing.request !== digest) {
      throw new JobConflictError(
        'This job id is taken by another request: each request needs an id of its own.',
      );
    }
    if (existing) return this.#stateOf(existing);
    const lane = this.#laneFor(request);
    if (this.#isDraining) throw new QueueFullError('The server is about to restart.', DRAINING_MILLISECONDS);
    try {
      this.#parts.db.transaction(() =>
        this.#reception.take(client, id, digest, request, lane.engine.about()),
      );
    } catch (error) {
      if (!isDiskFull(error)) throw error;
      throw new QueueFullError(new DiskFullError().message, DISK_FULL_MILLISECONDS);
    }
    this.#parts.room.emitPositions(lane.name);
    lane.wake();
    return this.#stateOf(this.#job(id));
  }

  // eslint-disable-next-line @typescript-eslint/require-await -- other queues have to ask over a network
  async state(id: JobId): Promise<JobState> {
    return this.#stateOf(this.#job(id));
  }

  events(id: JobId, afterSeq: number, signal: AbortSignal): AsyncIterable<JobEvent> {
    this.#job(id);
    return this.#followers.events(id, afterSeq, signal);
  }

  audio(id: JobId, offset: number, signal: AbortSignal): AsyncIterable<Uint8Array> {
    const { run } = this.#job(id);
    ifThereIsRoom(() => this.#parts.runs.use(run, Date.now()));
    return this.#followers.audio(id, offset, signal);
  }

  // eslint-disable-next-line @typescript-eslint/require-await -- other queues have to ask over a network
  async cancel(id: JobId): Promise<boolean> {
    const { db, runs, jobs, log, room, live, totals, notifier } = this.#parts;
    const job = this.#job(id);
    if (job.status !== 'queued' && job.status !== 'running') return false;
    const run = runs.get(job.run)!;
    const isLast = db.transaction(() => {
      jobs.end(id, 'cancelled', Date.now());
      log.emit(id, { t: 'cancelled' });
      const left = jobs.activeOf(run.id).length;
      if (left === 0) runs.giveUp(run.id, 'cancelled', Date.now());
      return left === 0;
    });
    totals.cancelledTotal++;
    room.leave(id);
    notifier.notify(`run ${run.id}`);
    const running = live.get(run.engine);
    if (isLast && running?.id === run.id) {
      running.controller.abort(new DOMException('The job was cancelled.', 'AbortError'));
    } else if (isLast) {
      this.#sweeper.sweepQuietly();
      this.#parts.folder.removeSound(run.id);
    }
    room.emitPositions(run.engine);
    // A client has less running now: its next job may begin on another engine.
    for (const lane of this.#lanes.values()) lane.wake();
    return true;
  }

  stats(): Promise<QueueStats> {
    return Promise.resolve({
      ...this.#parts.jobs.count(),
      workers: this.#lanes.size,
      ...this.#parts.totals,
    });
  }

  async drain(graceMs: number): Promise<void> {
    this.#isDraining = true;
    for (const lane of this.#lanes.values()) lane.close();
    const ended = this.#allEnded();
    const isOver = await Promise.race([ended.then(() => true), sleep(graceMs, false, { ref: false })]);
    if (isOver) return;
    this.#putBack();
    await Promise.race([ended, sleep(ABORT_MILLISECONDS, null, { ref: false })]);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    if (this.#closing.signal.aborted) return;
    clearInterval(this.#sweepTimer);
    // What waits for room on the disk gives up.
    this.#closing.abort(new DOMException('The queue is closed.', 'AbortError'));
    await this.drain(0);
    this.#parts.log.close();
    this.#parts.notifier.notifyAll();
    this.#parts.db[Symbol.dispose]();
  }

  async #allEnded(): Promise<void> {
    await Promise.all([...this.#parts.live.values()].map(({ ended }) => ended));
  }

  /** Stops what runs; it waits for the next start. */
  #putBack(): void {
    for (const live of this.#parts.live.values()) {
      live.isPutBack = true;
      live.controller.abort(new DOMException('The server stops.', 'AbortError'));
    }
  }

  #laneFor(request: JobRequest): Lane {
    const lane = this.#lanes.get(request.spec.engine);
    try {
      checkEngine(request, this.engines());
    } catch (error) {
      if (error instanceof EngineError && error.isRetryable) lane?.revive();
      throw error;
    }
    return lane!;
  }

  #job(id: JobId): Job {
    const job = this.#parts.jobs.get(id);
    if (job) return job;
    throw new JobUnknownError('There is no job with this id, or none any more: jobs are kept for a day.');
  }

  #stateOf({ id, verb, status }: Job): JobState {
    return { id, verb, status, last: this.#parts.log.last(id) };
  }
}
