import type { Redis } from 'ioredis';
import { medianOf } from '../jobs/duration-estimates.ts';
import { isAway } from './connect.ts';
import { listSchedule } from './list-schedule.ts';
import type { BullQueues } from './bull-queues.ts';
import type { Roster } from './roster.ts';
import { keyOf, type Scripts } from './scripts.ts';

/** So often a gateway looks for runs that the queue has lost: those that are missing twice in a row. */
const LOST_MILLISECONDS = 1000;

interface Parts {
  redis: Redis;
  scripts: Scripts;
  roster: Roster;
  bullQueues: BullQueues;
  onUnexpectedError: (error: unknown) => void;
}

interface Line {
  runs: string[];
  buckets: string[];
  startedAt: number[];
}

/** What gateways do from time to time: tell those who wait of their places, and see that nothing is lost. */
export class PlaceClock implements AsyncDisposable {
  readonly #parts: Parts;
  readonly #timer: NodeJS.Timeout;
  #ticking: Promise<void> | null = null;
  #lookedAt = -Infinity;
  #missing = new Set<string>();

  /** @param throttleMs Shortest time between two events of a place. */
  constructor(parts: Parts, throttleMs: number) {
    this.#parts = parts;
    this.#timer = setInterval(() => this.#tick(), Math.max(20, throttleMs)).unref();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    clearInterval(this.#timer);
    await this.#ticking;
  }

  #tick(): void {
    this.#ticking ??= this.#work()
      .catch((error: unknown) => {
        if (!isAway(error)) this.#parts.onUnexpectedError(error);
      })
      .finally(() => (this.#ticking = null));
  }

  async #work(): Promise<void> {
    const { redis, roster } = this.#parts;
    await roster.refresh();
    const isTimeToLook = performance.now() - this.#lookedAt > LOST_MILLISECONDS;
    if (isTimeToLook) this.#lookedAt = performance.now();
    const missing = new Set<string>();
    for (const { name } of roster.engines()) {
      // One of all gateways tells.
      if (await redis.getdel(keyOf('moved', name))) await this.#tellPlaces(name);
      if (isTimeToLook) for (const run of await this.#takeUpLost(name)) missing.add(run);
    }
    if (isTimeToLook) this.#missing = missing;
  }

  async #tellPlaces(engine: string): Promise<void> {
    const { roster, scripts } = this.#parts;
    const [waiting, working] = [await this.#line('waiting', engine), await this.#line('working', engine)];
    if (waiting.runs.length === 0) return;
    const medians = await this.#medians([...waiting.buckets, ...working.buckets]);
    const now = Date.now();
    const busy = working.buckets.map((bucket, index) => {
      const median = medians.get(bucket) ?? null;
      return median === null ? null : Math.max(0, median - (now - working.startedAt[index]!));
    });
    const workers = roster.workers(engine);
    const idle = Math.max(0, workers - busy.length);
    const lengths = waiting.buckets.map((bucket) => medians.get(bucket) ?? null);
    const ends = listSchedule([...busy, ...Array<number>(idle).fill(0)], lengths);
    const first = idle > 0 ? 0 : 1;
    const places = waiting.runs.flatMap((run, index) => [run, index + first, Math.round(ends[index] ?? -1)]);
    await scripts.call('places', ...places);
  }

  async #line(which: 'waiting' | 'working', engine: string): Promise<Line> {
    const { redis } = this.#parts;
    const runs = await redis.zrange(keyOf(which, engine), '0', '-1');
    const rows = await Promise.all(runs.map((run) => redis.hmget(keyOf('run', run), 'bucket', 'startedAt')));
    return {
      runs,
      buckets: rows.map(([bucket]) => bucket ?? ''),
      startedAt: rows.map(([, startedAt]) => Number(startedAt)),
    };
  }

  async #medians(buckets: readonly string[]): Promise<Map<string, number | null>> {
    const different = [...new Set(buckets)];
    const medians = different.map(
      async (bucket) => [bucket, await medianDuration(this.#parts.redis, bucket)] as const,
    );
    return new Map(await Promise.all(medians));
  }

  /** A gateway may have died between its books and the queue, and a Redis that lost power may have forgotten a second. */
  async #takeUpLost(engine: string): Promise<string[]> {
    const { redis, bullQueues, scripts } = this.#parts;
    const runs = [
      ...(await redis.zrange(keyOf('waiting', engine), '0', '-1')),
      ...(await redis.zrange(keyOf('working', engine), '0', '-1')),
    ];
    const missing = await bullQueues.missing(engine, runs);
    for (const run of missing.filter((each) => this.#missing.has(each))) {
      const turn = await scripts.call<string | null>('resume', run);
      if (turn !== null) await bullQueues.add(engine, run, Number(turn));
    }
    return missing;
  }
}

/** Median milliseconds of a run of this kind, or null while none was measured. */
export async function medianDuration(redis: Redis, bucket: string): Promise<number | null> {
  return medianOf((await redis.lrange(keyOf('durations', bucket), 0, -1)).map(Number));
}
