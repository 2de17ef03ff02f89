import { Queue } from 'bullmq';
import type { Redis } from 'ioredis';
import { KEYS } from './scripts.ts';

/** Prefix of BullMQ's keys. */
export const QUEUE_PREFIX = `${KEYS}:queue`;

/** The largest priority of BullMQ; the smallest comes first. */
const MAX_PRIORITY = 2 ** 21;
/** Effectively unlimited: crashes are counted in our own records, not by BullMQ. */
const ATTEMPTS = 1_000_000;

/** The BullMQ queues, one per engine: they hand runs to workers by priority and detect workers that crashed. */
export class BullQueues implements AsyncDisposable {
  readonly #redis: Redis;
  readonly #onUnexpectedError: (error: unknown) => void;
  readonly #queues = new Map<string, Queue>();

  constructor(redis: Redis, onUnexpectedError: (error: unknown) => void) {
    this.#redis = redis;
    this.#onUnexpectedError = onUnexpectedError;
  }

  /** Adds a run. Does nothing if it is in the queue already. */
  async add(engine: string, run: string, startTag: number): Promise<void> {
    await this.#of(engine).add('run', null, {
      jobId: run,
      priority: priorityOf(startTag),
      attempts: ATTEMPTS,
      removeOnComplete: true,
      removeOnFail: true,
      stackTraceLimit: 1,
    });
  }

  /** Moves a run forward to a smaller start tag. */
  async advance(engine: string, run: string, startTag: number): Promise<void> {
    const job = await this.#of(engine).getJob(run);
    await job?.changePriority({ priority: priorityOf(startTag) });
  }

  /** Removes a waiting run. Does nothing if a worker holds it. */
  async remove(engine: string, run: string): Promise<void> {
    const job = await this.#of(engine).getJob(run);
    // BullMQ refuses to remove a locked job; its worker is notified by pub/sub instead.
    await job?.remove().catch(() => undefined);
  }

  /** The runs among these that are not in the queue. */
  async missing(engine: string, runs: readonly string[]): Promise<string[]> {
    const found = await Promise.all(runs.map((run) => this.#redis.exists(this.#of(engine).toKey(run))));
    return runs.filter((_, index) => found[index] === 0);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await Promise.all([...this.#queues.values()].map((queue) => queue.close()));
  }

  #of(engine: string): Queue {
    let queue = this.#queues.get(engine);
    if (!queue) {
      queue = new Queue(engine, { connection: this.#redis, prefix: QUEUE_PREFIX });
      queue.on('error', this.#onUnexpectedError);
      this.#queues.set(engine, queue);
    }
    return queue;
  }
}

function priorityOf(startTag: number): number {
  return Math.min(1 + startTag, MAX_PRIORITY);
}
