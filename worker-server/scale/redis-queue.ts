import { randomUUID } from 'node:crypto';
import type { Redis } from 'ioredis';
import type { EngineAbout } from '#lib/protocol/engine-about.ts';
import type { JobEvent } from '#lib/protocol/job-event.ts';
import type { JobId } from '#lib/protocol/job-request.ts';
import { checkEngine } from '../jobs/check-engine.ts';
import { contentKey, requestDigest } from '../jobs/content-key.ts';
import { bucketOf } from '../jobs/duration-estimates.ts';
import { JobConflictError, JobUnknownError, QueueFullError } from '../jobs/job-queue.ts';
import type { JobQueue, JobRequest, JobState, QueueStats, QueueTotals } from '../jobs/job-queue.ts';
import type { QueueLimits } from '../jobs/queue-limits.ts';
import type { BullQueues } from './bull-queues.ts';
import { callRedis } from './connect.ts';
import { medianDuration } from './queue-monitor.ts';
import type { JobRecord, JobRecords } from './records.ts';
import type { RedisJobStreams } from './redis-job-streams.ts';
import { keyOf, type Scripts } from './scripts.ts';
import type { WorkerRegistry } from './worker-registry.ts';

/** `retryAfterMs` of a full queue. */
const FULL_MILLISECONDS = 10_000;
/** `retryAfterMs` while the gateway stops; another one may accept the job at once. */
const DRAINING_MILLISECONDS = 1000;

interface Dependencies {
  redis: Redis;
  scripts: Scripts;
  workers: WorkerRegistry;
  bullQueues: BullQueues;
  records: JobRecords;
  streams: RedisJobStreams;
  limits: QueueLimits;
  /** Closes everything that the queue uses. */
  close: () => Promise<void>;
}

/** The answer of `submit.lua`. */
type Submitted =
  | ['known' | 'conflict' | 'done' | 'joined' | 'full']
  | ['ownFull', unfinished: number]
  | ['queued' | 'shared', run: string, startTag: string];

/** The queue of a gateway: all state is in Redis, and the engines run in workers. Opened by `openRedisQueue()`. */
export class RedisQueue implements JobQueue {
  readonly #deps: Dependencies;
  #isDraining = false;

  constructor(deps: Dependencies) {
    this.#deps = deps;
  }

  engines(): EngineAbout[] {
    return this.#deps.workers.engines();
  }

  submit(client: string, id: JobId, request: JobRequest): Promise<JobState> {
    const { records } = this.#deps;
    return callRedis(async () => {
      const existing = await records.find(id);
      if (existing) {
        if (existing.request !== requestDigest(request)) throw conflict();
        return stateOf(existing);
      }
      if (this.#isDraining)
        throw new QueueFullError('The server is about to restart.', DRAINING_MILLISECONDS);
      await this.#admit(client, id, request);
      return stateOf(await records.get(id));
    });
  }

  async state(id: JobId): Promise<JobState> {
    return stateOf(await callRedis(() => this.#deps.records.get(id)));
  }

  events(id: JobId, afterSeq: number, signal: AbortSignal): AsyncIterable<JobEvent> {
    return this.#deps.streams.events(id, afterSeq, signal);
  }

  audio(id: JobId, offset: number, signal: AbortSignal): AsyncIterable<Uint8Array> {
    return this.#deps.streams.audio(id, offset, signal);
  }

  cancel(id: JobId): Promise<boolean> {
    const { scripts, bullQueues } = this.#deps;
    return callRedis(async () => {
      const [outcome, run, engine] = await scripts.call<[string, string, string]>('cancel', id);
      if (outcome === 'unknown') throw new JobUnknownError('There is no job with this id, or none any more.');
      if (outcome === 'cancelled') await bullQueues.remove(engine, run);
      return outcome !== 'ended';
    });
  }

  stats(): Promise<QueueStats> {
    const { redis, workers } = this.#deps;
    return callRedis(async () => {
      const [queued, running, totals] = await Promise.all([
        redis.scard(keyOf('queued')),
        redis.scard(keyOf('running')),
        redis.hgetall(keyOf('totals')),
      ]);
      const total = (name: keyof QueueTotals) => Number(totals[name] ?? 0);
      return {
        ...{ queued, running, workers: workers.count() },
        ...{ doneTotal: total('doneTotal'), failedTotal: total('failedTotal') },
        ...{ cancelledTotal: total('cancelledTotal'), runsTotal: total('runsTotal') },
        ...{ cacheHitsTotal: total('cacheHitsTotal'), engineSecondsTotal: total('engineSecondsTotal') },
      };
    });
  }

  /** Doesn't wait: runs continue in their workers, and clients follow them at another gateway. */
  drain(): Promise<void> {
    this.#isDraining = true;
    return Promise.resolve();
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.#deps.close();
  }

  async #admit(client: string, id: JobId, request: JobRequest): Promise<void> {
    const { redis, scripts, workers, bullQueues, limits } = this.#deps;
    await workers.refresh();
    const about = checkEngine(request, workers.engines());
    const { verb, spec } = request;
    const digest = requestDigest(request);
    const bucket = bucketOf(spec);
    const [outcome, ...rest] = await scripts.call<Submitted>(
      'submit',
      ...[id, client, digest, verb, spec.engine, contentKey(digest, about.weights)],
      ...[randomUUID(), JSON.stringify(spec), request.verb === 'describe' ? Buffer.from(request.still) : ''],
      ...[bucket, (await medianDuration(redis, bucket)) ?? -1],
      ...[limits.queued, limits.queuedPerClient + limits.runningPerClient],
    );
    if (outcome === 'conflict') throw conflict();
    if (outcome === 'ownFull') {
      const sentence = `You have ${rest[0]} jobs here that aren't finished; wait for one of them.`;
      throw new QueueFullError(sentence, FULL_MILLISECONDS);
    }
    if (outcome === 'full') {
      throw new QueueFullError(`${limits.queued} jobs wait already; try again later.`, FULL_MILLISECONDS);
    }
    const [run, startTag] = rest as [string, string];
    if (outcome === 'queued') await bullQueues.add(spec.engine, run, Number(startTag));
    if (outcome === 'shared') await bullQueues.advance(spec.engine, run, Number(startTag));
  }
}

function stateOf({ id, verb, status, last }: JobRecord): JobState {
  return { id, verb, status, last };
}

function conflict(): JobConflictError {
  return new JobConflictError(
    'This job id is taken by another request: each request needs an id of its own.',
  );
}
