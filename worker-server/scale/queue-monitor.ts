import type { Redis } from 'ioredis';
import { medianOf } from '../jobs/duration-estimates.ts';
import type { BullQueues } from './bull-queues.ts';
import { isUnavailable } from './connect.ts';
import { listSchedule } from './list-schedule.ts';
import { keyOf, type Scripts } from './scripts.ts';
import type { WorkerRegistry } from './worker-registry.ts';

/** Interval of the search for lost runs. A run is lost when it is missing twice in a row. */
const LOST_MILLISECONDS = 1000;

interface Dependencies {
  redis: Redis;
  scripts: Scripts;
  workers: WorkerRegistry;
  bullQueues: BullQueues;
  onUnexpectedError: (error: unknown) => void;
}

/** Runs of one engine in the same state, as columns. */
interface Runs {
  ids: string[];
  buckets: string[];
  /** Milliseconds since 1970. */
  startedAt: number[];
}

/** Periodic work of every gateway: emits new positions to waiting jobs, and requeues runs that BullMQ has lost. */
export class QueueMonitor implements AsyncDisposable {
  readonly #deps: Dependencies;
  readonly #timer: NodeJS.Timeout;
  #working: Promise<void> | null = null;
  #searchedAt = -Infinity;
  #missing = new Set<string>();

  /** @param intervalMs Shortest time between two position events of a job. */
  constructor(deps: Dependencies, intervalMs: number) {
    this.#deps = deps;
    this.#timer = setInterval(() => this.#tick(), Math.max(20, intervalMs)).unref();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    clearInterval(this.#timer);
    await this.#working;
  }

  #tick(): void {
    this.#working ??= this.#work()
      .catch((error: unknown) => {
        if (!isUnavailable(error)) this.#deps.onUnexpectedError(error);
      })
      .finally(() => (this.#working = null));
  }

  async #work(): Promise<void> {
    const { redis, workers } = this.#deps;
    await workers.refresh();
    const isTimeToSearch = performance.now() - this.#searchedAt > LOST_MILLISECONDS;
    if (isTimeToSearch) this.#searchedAt = performance.now();
    const missing = new Set<string>();
    for (const { name } of workers.engines()) {
      // GETDEL makes sure that only one of all gateways emits the positions.
      if (await redis.getdel(keyOf('moved', name))) await this.#emitPositions(name);
      if (isTimeToSearch) for (const run of await this.#requeueLost(name)) missing.add(run);
    }
    if (isTimeToSearch) this.#missing = missing;
  }

  async #emitPositions(engine: string): Promise<void> {
    const { workers, scripts } = this.#deps;
    const [waiting, working] = [await this.#runs('waiting', engine), await this.#runs('working', engine)];
    if (waiting.ids.length === 0) return;
    const medians = await this.#medians([...waiting.buckets, ...working.buckets]);
    const now = Date.now();
    const busy = working.buckets.map((bucket, index) => {
      const median = medians.get(bucket) ?? null;
      return median === null ? null : Math.max(0, median - (now - working.startedAt[index]!));
    });
    const idle = Math.max(0, workers.count(engine) - busy.length);
    const durations = waiting.buckets.map((bucket) => medians.get(bucket) ?? null);
    const ends = listSchedule([...busy, ...Array<number>(idle).fill(0)], durations);
    const first = idle > 0 ? 0 : 1;
    const positions = waiting.ids.flatMap((run, index) => [
      run,
      index + first,
      Math.round(ends[index] ?? -1),
    ]);
    await scripts.call('emit-positions', ...positions);
  }

  async #runs(state: 'waiting' | 'working', engine: string): Promise<Runs> {
    const { redis } = this.#deps;
    const ids = await redis.zrange(keyOf(state, engine), '0', '-1');
    const rows = await Promise.all(ids.map((run) => redis.hmget(keyOf('run', run), 'bucket', 'startedAt')));
    return {
      ids,
      buckets: rows.map(([bucket]) => bucket ?? ''),
      startedAt: rows.map(([, startedAt]) => Number(startedAt)),
    };
  }

  async #medians(buckets: readonly string[]): Promise<Map<string, number | null>> {
    const medians = [...new Set(buckets)].map(
      async (bucket) => [bucket, await medianDuration(this.#deps.redis, bucket)] as const,
    );
    return new Map(await Promise.all(medians));
  }

  /**
   * Adds lost runs to BullMQ again: a gateway may crash between its own write and that of BullMQ, and a Redis that is
   * killed may lose its last second of writes.
   * @returns Runs that are missing now.
   */
  async #requeueLost(engine: string): Promise<string[]> {
    const { redis, bullQueues, scripts } = this.#deps;
    const runs = [
      ...(await redis.zrange(keyOf('waiting', engine), '0', '-1')),
      ...(await redis.zrange(keyOf('working', engine), '0', '-1')),
    ];
    const missing = await bullQueues.missing(engine, runs);
    for (const run of missing.filter((each) => this.#missing.has(each))) {
      const startTag = await scripts.call<string | null>('requeue-lost', run);
      if (startTag !== null) await bullQueues.add(engine, run, Number(startTag));
    }
    return missing;
  }
}

/** Median duration of a bucket in milliseconds; null when nothing was measured. */
export async function medianDuration(redis: Redis, bucket: string): Promise<number | null> {
  return medianOf((await redis.lrange(keyOf('durations', bucket), 0, -1)).map(Number));
}
