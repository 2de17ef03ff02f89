import { Queue } from 'bullmq';
import type { Redis } from 'ioredis';
import { KEYS } from './scripts.ts';

/** Where BullMQ has its keys. */
export const QUEUE_PREFIX = `${KEYS}:queue`;

/** The greatest number that BullMQ takes for a priority; the smallest comes first. */
const LAST_PRIORITY = 2 ** 21;
/** A run goes back into the queue as often as our own books allow, not as often as BullMQ counts. */
const ATTEMPTS = 1_000_000;

/** The queues of BullMQ, one for each engine: which run is next, who holds it, and what becomes of it if he dies. */
export class BullQueues implements AsyncDisposable {
  readonly #redis: Redis;
  readonly #onUnexpectedError: (error: unknown) => void;
  readonly #queues = new Map<string, Queue>();

  constructor(redis: Redis, onUnexpectedError: (error: unknown) => void) {
    this.#redis = redis;
    this.#onUnexpectedError = onUnexpectedError;
  }

  /** A run that is in the queue already stays where it is. */
  async add(engine: string, run: string, turn: number): Promise<void> {
    await this.#of(engine).add('run', null, {
      jobId: run,
      priority: priorityOf(turn),
      attempts: ATTEMPTS,
      removeOnComplete: true,
      removeOnFail: true,
      stackTraceLimit: 1,
    });
  }

  /** The run's turn comes earlier than it was said before. */
  async advance(engine: string, run: string, turn: number): Promise<void> {
    const job = await this.#of(engine).getJob(run);
    await job?.changePriority({ priority: priorityOf(turn) });
  }

  /** Does nothing where a worker has it already. */
  async remove(engine: string, run: string): Promise<void> {
    const job = await this.#of(engine).getJob(run);
    // "Locked by another worker": that one is told in another way.
    await job?.remove().catch(() => undefined);
  }

  /** Those of these runs that the queue does not know. */
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

function priorityOf(turn: number): number {
  return Math.min(1 + turn, LAST_PRIORITY);
}
