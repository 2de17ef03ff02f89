import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { Worker } from 'bullmq';
import type { Redis } from 'ioredis';
import type { HealthAnswer } from '#lib/protocol/http-answers.ts';
import { toEngineError, type Engine } from '../engines/engine.ts';
import { QUEUE_LIMITS, type QueueLimits } from '../jobs/queue-limits.ts';
import { Attempt } from './attempt.ts';
import { connect } from './connect.ts';
import { QUEUE_PREFIX } from './bull-queues.ts';
import { HEARTBEAT_MILLISECONDS } from './roster.ts';
import { keyOf, Scripts } from './scripts.ts';

/** Who has not renewed the lock of a run for so long is taken for dead … */
const LOCK_MILLISECONDS = 5000;
/** … when it is looked for the dead, which each worker does so often. */
const STALLED_MILLISECONDS = 3000;
/** How often a run dies before it fails is counted in our own books. */
const ANY_NUMBER = 1_000_000;
/** How long an engine may take to stop in the middle of a run. */
const ABORT_MILLISECONDS = 5000;

/** A worker that Redis has not heard for so long is of no use. */
const UNHEARD_MILLISECONDS = 10_000;
/** How long a Redis that is away may hold up the goodbye. */
const LEAVE_MILLISECONDS = 1000;

export interface RunWorkerOptions {
  /** Such as `redis://localhost:6379`. */
  url: string;
  /** Whoever made it disposes of it, after the worker. */
  engine: Engine;
  limits?: Partial<QueueLimits>;
  /** Hears of errors that nobody foresaw, for the log. */
  onUnexpectedError?: (error: unknown) => void;
}

/** A run goes back into the queue: BullMQ wants an error for that. */
class PutBackError extends Error {
  override name = 'PutBackError';
}

/** One engine at work for all gateways of a Redis, one run after another. Made by `openRunWorker()`. */
export class RunWorker implements AsyncDisposable {
  readonly #id = randomUUID();
  readonly #engine: Engine;
  readonly #redis: Redis;
  readonly #listening: Redis;
  readonly #scripts: Scripts;
  readonly #limits: QueueLimits;
  readonly #onUnexpectedError: (error: unknown) => void;
  readonly #bull: Worker;
  readonly #heart: NodeJS.Timeout;
  readonly #closing = new AbortController();
  #attempt: Attempt | null = null;
  #heardAt = -Infinity;

  constructor({ url, engine, limits, onUnexpectedError = () => {} }: RunWorkerOptions) {
    this.#engine = engine;
    // More can happen to a worker than to a single server, which most of the time is not the run's fault.
    this.#limits = { ...QUEUE_LIMITS, maxCrashes: 2, ...limits };
    this.#onUnexpectedError = onUnexpectedError;
    this.#redis = connect(url, 'endless', onUnexpectedError);
    this.#listening = connect(url, 'endless', onUnexpectedError);
    this.#scripts = new Scripts(this.#redis, this.#limits.retentionMs);
    this.#listening.on('message', (_channel: string, run: string) => {
      if (this.#attempt?.run === run) this.#attempt.cancel();
    });
    this.#bull = new Worker(this.#name, (job) => this.#perform(job.id!), {
      connection: this.#redis,
      prefix: QUEUE_PREFIX,
      autorun: false,
      lockDuration: LOCK_MILLISECONDS,
      stalledInterval: STALLED_MILLISECONDS,
      maxStalledCount: ANY_NUMBER,
    });
    this.#bull.on('error', (error) => this.#onUnexpectedError(error));
    this.#heart = setInterval(() => this.#beatQuietly(), HEARTBEAT_MILLISECONDS).unref();
  }

  /** Says that it is there and begins to work as soon as the engine is ready. */
  async open(): Promise<void> {
    await this.#listening.subscribe(keyOf('cancelled'));
    await this.#beat();
    void this.#startEngine(() => void this.#bull.run().catch(this.#onUnexpectedError));
  }

  /** Takes no more runs, lets the one that it is at finish within the grace period, else gives it back. */
  async drain(graceMs: number): Promise<void> {
    this.#closing.abort();
    const closed = this.#bull.close();
    const isOver = await Promise.race([closed.then(() => true), sleep(graceMs, false, { ref: false })]);
    if (isOver) return;
    this.#attempt?.requeue();
    await Promise.race([closed, sleep(ABORT_MILLISECONDS, null, { ref: false })]);
  }

  /** Whether it can work: `failed` when its engine could not be started, or Redis does not hear it. */
  health(): HealthAnswer {
    const { name, state } = this.#engine.about();
    const isHeard = performance.now() - this.#heardAt < UNHEARD_MILLISECONDS;
    const isFine = isHeard && state !== 'failed';
    return {
      status: isFine ? (state === 'ready' ? 'ok' : 'starting') : 'failed',
      engines: [{ name, state }],
    };
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.drain(0);
    clearInterval(this.#heart);
    const left = this.#scripts.call('leave', this.#id, this.#name).catch(() => undefined);
    await Promise.race([left, sleep(LEAVE_MILLISECONDS, null, { ref: false })]);
    this.#redis.disconnect();
    this.#listening.disconnect();
  }

  get #name(): string {
    return this.#engine.about().name;
  }

  async #perform(run: string): Promise<void> {
    const problem = await this.#engine.start().then(() => null, toEngineError);
    if (problem) {
      // Others may be able to do it meanwhile.
      await this.#bull.pause(true);
      void this.#startEngine(() => void this.#bull.resume());
      throw problem;
    }
    this.#attempt = new Attempt(run, this.#engine, {
      redis: this.#redis,
      scripts: this.#scripts,
      limits: this.#limits,
      onUnexpectedError: this.#onUnexpectedError,
    });
    try {
      if (!(await this.#attempt.perform())) throw new PutBackError('Put back.');
    } finally {
      this.#attempt = null;
    }
  }

  /** Gives an engine that can't be started another try, again and again. */
  async #startEngine(onReady: () => void): Promise<void> {
    while (!this.#closing.signal.aborted) {
      const problem = await this.#engine.start().then(() => null, toEngineError);
      this.#beatQuietly();
      if (!problem) return onReady();
      this.#onUnexpectedError(problem);
      await sleep(this.#limits.engineRetryMs, null, { signal: this.#closing.signal, ref: false }).catch(
        () => null,
      );
    }
  }

  #beatQuietly(): void {
    this.#beat().catch(() => undefined);
  }

  async #beat(): Promise<void> {
    const about = this.#engine.about();
    await this.#scripts.call('heartbeat', this.#id, about.name, JSON.stringify(about));
    this.#heardAt = performance.now();
  }
}

/** Opens a worker for a Redis. It waits for that as long as it takes. */
export async function openRunWorker(options: RunWorkerOptions): Promise<RunWorker> {
  const worker = new RunWorker(options);
  await worker.open();
  return worker;
}
