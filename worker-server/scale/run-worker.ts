import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { Worker } from 'bullmq';
import type { Redis } from 'ioredis';
import type { HealthAnswer } from '#lib/protocol/http-answers.ts';
import { toEngineError, type Engine } from '../engines/engine.ts';
import { QUEUE_LIMITS, type QueueLimits } from '../jobs/queue-limits.ts';
import { Attempt } from './attempt.ts';
import { QUEUE_PREFIX } from './bull-queues.ts';
import { connect } from './connect.ts';
import { keyOf, Scripts } from './scripts.ts';
import { HEARTBEAT_MILLISECONDS } from './worker-registry.ts';

/** BullMQ: a worker that has not renewed the lock of a run for this time is stalled. */
const LOCK_MILLISECONDS = 5000;
/** BullMQ: interval at which every worker looks for stalled runs. */
const STALLED_MILLISECONDS = 3000;
/** Effectively unlimited: crashes are counted in our own records, not by BullMQ. */
const MAX_STALLED = 1_000_000;
/** How long an engine may take to abort a run. */
const ABORT_MILLISECONDS = 5000;
/** `health()` reports `failed` when no heartbeat has reached Redis for this time. */
const HEARTBEAT_TIMEOUT_MILLISECONDS = 10_000;
/** How long unregistering may take when Redis is unavailable. */
const LEAVE_MILLISECONDS = 1000;

export interface RunWorkerOptions {
  /** Such as `redis://localhost:6379`. */
  url: string;
  /** The caller disposes it after the worker. */
  engine: Engine;
  limits?: Partial<QueueLimits>;
  /** Called with unexpected errors, for the log. */
  onUnexpectedError?: (error: unknown) => void;
}

/** Thrown to BullMQ, which puts a run back into its queue when its processing fails. */
class RequeueError extends Error {
  override name = 'RequeueError';
}

/** Executes the runs of one engine for all gateways of a Redis, one at a time. Opened by `openRunWorker()`. */
export class RunWorker implements AsyncDisposable {
  readonly #id = randomUUID();
  readonly #engine: Engine;
  readonly #redis: Redis;
  readonly #subscriber: Redis;
  readonly #scripts: Scripts;
  readonly #limits: QueueLimits;
  readonly #onUnexpectedError: (error: unknown) => void;
  readonly #bull: Worker;
  readonly #heartbeatTimer: NodeJS.Timeout;
  readonly #closing = new AbortController();
  #attempt: Attempt | null = null;
  #heartbeatAt = -Infinity;

  constructor({ url, engine, limits, onUnexpectedError = () => {} }: RunWorkerOptions) {
    this.#engine = engine;
    // Workers crash more often than a single server, usually not because of the run.
    this.#limits = { ...QUEUE_LIMITS, maxCrashes: 2, ...limits };
    this.#onUnexpectedError = onUnexpectedError;
    this.#redis = connect(url, 'forever', onUnexpectedError);
    this.#subscriber = connect(url, 'forever', onUnexpectedError);
    this.#scripts = new Scripts(this.#redis, this.#limits.retentionMs);
    this.#subscriber.on('message', (_channel: string, run: string) => {
      if (this.#attempt?.run === run) this.#attempt.cancel();
    });
    this.#bull = new Worker(this.#name, (job) => this.#execute(job.id!), {
      connection: this.#redis,
      prefix: QUEUE_PREFIX,
      autorun: false,
      lockDuration: LOCK_MILLISECONDS,
      stalledInterval: STALLED_MILLISECONDS,
      maxStalledCount: MAX_STALLED,
    });
    this.#bull.on('error', (error) => this.#onUnexpectedError(error));
    this.#heartbeatTimer = setInterval(() => this.#heartbeatQuietly(), HEARTBEAT_MILLISECONDS).unref();
  }

  /** Registers the worker. It takes runs as soon as the engine is ready. */
  async open(): Promise<void> {
    await this.#subscriber.subscribe(keyOf('cancelled'));
    await this.#heartbeat();
    void this.#startEngine(() => void this.#bull.run().catch(this.#onUnexpectedError));
  }

  /** Takes no more runs. Lets the current one finish within the grace period, then requeues it. */
  async drain(graceMs: number): Promise<void> {
    this.#closing.abort();
    const closed = this.#bull.close();
    const isOver = await Promise.race([closed.then(() => true), sleep(graceMs, false, { ref: false })]);
    if (isOver) return;
    this.#attempt?.requeue();
    await Promise.race([closed, sleep(ABORT_MILLISECONDS, null, { ref: false })]);
  }

  /** `failed` when the engine could not be started or Redis is unavailable. */
  health(): HealthAnswer {
    const { name, state } = this.#engine.about();
    const isConnected = performance.now() - this.#heartbeatAt < HEARTBEAT_TIMEOUT_MILLISECONDS;
    const isHealthy = isConnected && state !== 'failed';
    return {
      status: isHealthy ? (state === 'ready' ? 'ok' : 'starting') : 'failed',
      engines: [{ name, state }],
    };
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.drain(0);
    clearInterval(this.#heartbeatTimer);
    const left = this.#scripts.call('leave', this.#id, this.#name).catch(() => undefined);
    await Promise.race([left, sleep(LEAVE_MILLISECONDS, null, { ref: false })]);
    this.#redis.disconnect();
    this.#subscriber.disconnect();
  }

  get #name(): string {
    return this.#engine.about().name;
  }

  async #execute(run: string): Promise<void> {
    const problem = await this.#engine.start().then(() => null, toEngineError);
    if (problem) {
      // Leaves the run to other workers, whose engines may work.
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
      if (!(await this.#attempt.execute())) throw new RequeueError('The run is queued again.');
    } finally {
      this.#attempt = null;
    }
  }

  /** Tries to start the engine until it is ready or the worker is closed. */
  async #startEngine(onReady: () => void): Promise<void> {
    while (!this.#closing.signal.aborted) {
      const problem = await this.#engine.start().then(() => null, toEngineError);
      this.#heartbeatQuietly();
      if (!problem) return onReady();
      this.#onUnexpectedError(problem);
      await sleep(this.#limits.engineRetryMs, null, { signal: this.#closing.signal, ref: false }).catch(
        () => null,
      );
    }
  }

  #heartbeatQuietly(): void {
    this.#heartbeat().catch(() => undefined);
  }

  async #heartbeat(): Promise<void> {
    const about = this.#engine.about();
    await this.#scripts.call('heartbeat', this.#id, about.name, JSON.stringify(about));
    this.#heartbeatAt = performance.now();
  }
}

/** Opens a worker. Waits until Redis can be reached. */
export async function openRunWorker(options: RunWorkerOptions): Promise<RunWorker> {
  const worker = new RunWorker(options);
  await worker.open();
  return worker;
}
