import { randomUUID } from 'node:crypto';
import type { Redis } from 'ioredis';
import type { EngineAbout } from '#lib/protocol/engine-about.ts';
import type { JobEvent } from '#lib/protocol/job-event.ts';
import type { JobId } from '#lib/protocol/job-request.ts';
import { contentKey, requestDigest } from '../jobs/content-key.ts';
import type { QueueLimits } from '../jobs/queue-limits.ts';
import { bucketOf } from '../jobs/duration-estimates.ts';
import { checkEngine } from '../jobs/check-engine.ts';
import { JobConflictError, JobUnknownError, QueueFullError } from '../jobs/job-queue.ts';
import type { QueueStats, JobQueue, JobRequest, JobState } from '../jobs/job-queue.ts';
import { ask } from './connect.ts';
import { medianDuration } from './place-clock.ts';
import type { JobRecord, JobRecords } from './job-records.ts';
import type { BullQueues } from './bull-queues.ts';
import type { RedisJobStreams } from './redis-job-streams.ts';
import type { Roster } from './roster.ts';
import { keyOf, type Scripts } from './scripts.ts';

const FULL_RETRY_MILLISECONDS = 10_000;
const DRAINING_MILLISECONDS = 1000;

/** What the queue is made of. */
export interface RedisQueueParts {
  redis: Redis;
  scripts: Scripts;
  roster: Roster;
  bullQueues: BullQueues;
  records: JobRecords;
  streams: RedisJobStreams;
  limits: QueueLimits;
  /** Closes all that the queue uses. */
  close: () => Promise<void>;
}

type Taken =
  | ['known' | 'conflict' | 'done' | 'joined' | 'full']
  | ['ownFull', unfinished: number]
  | ['queued' | 'shared', run: string, turn: string];

/** The queue of one of many gateways: all that it knows is in Redis, and engines are at work elsewhere. */
export class RedisQueue implements JobQueue {
  readonly #parts: RedisQueueParts;
  #isDraining = false;

  constructor(parts: RedisQueueParts) {
    this.#parts = parts;
  }

  engines(): EngineAbout[] {
    return this.#parts.roster.engines();
  }

  submit(client: string, id: JobId, request: JobRequest): Promise<JobState> {
    return ask(async () => {
      const existing = await this.#parts.records.find(id);
      if (existing) {
        if (existing.request !== requestDigest(request)) throw conflict();
        return stateOf(existing);
      }
      if (this.#isDraining)
        throw new QueueFullError('The server is about to restart.', DRAINING_MILLISECONDS);
      await this.#take(client, id, request);
      return stateOf(await this.#parts.records.get(id));
    });
  }

  async state(id: JobId): Promise<JobState> {
    return stateOf(await ask(() => this.#parts.records.get(id)));
  }

  events(id: JobId, afterSeq: number, signal: AbortSignal): AsyncIterable<JobEvent> {
    return this.#parts.streams.events(id, afterSeq, signal);
  }

  audio(id: JobId, offset: number, signal: AbortSignal): AsyncIterable<Uint8Array> {
    return this.#parts.streams.audio(id, offset, signal);
  }

  cancel(id: JobId): Promise<boolean> {
    const { scripts, bullQueues } = this.#parts;
    return ask(async () => {
      const [what, run, engine] = await scripts.call<[string, string, string]>('cancel', id);
      if (what === 'unknown') throw new JobUnknownError('There is no job with this id, or none any more.');
      if (what === 'cancelled') await bullQueues.remove(engine, run);
      return what !== 'ended';
    });
  }

  stats(): Promise<QueueStats> {
    const { redis, roster } = this.#parts;
    return ask(async () => {
      const [queued, running, totals] = await Promise.all([
        redis.scard(keyOf('queued')),
        redis.scard(keyOf('running')),
        redis.hgetall(keyOf('totals')),
      ]);
      const total = (name: keyof QueueStats) => Number(totals[name] ?? 0);
      return {
        ...{ queued, running, workers: roster.workers() },
        ...{ doneTotal: total('doneTotal'), failedTotal: total('failedTotal') },
        ...{ cancelledTotal: total('cancelledTotal'), runsTotal: total('runsTotal') },
        ...{ cacheHitsTotal: total('cacheHitsTotal'), engineSecondsTotal: total('engineSecondsTotal') },
      };
    });
  }

  /** What runs, runs elsewhere and goes on; those who follow it find it at another gateway. */
  drain(): Promise<void> {
    this.#isDraining = true;
    return Promise.resolve();
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.#parts.close();
  }

  async #take(client: string, id: JobId, request: JobRequest): Promise<void> {
    const { redis, scripts, roster, bullQueues, limits } = this.#parts;
    await roster.refresh();
    const about = checkEngine(request, roster.engines());
    const { verb, spec } = request;
    const digest = requestDigest(request);
    const bucket = bucketOf(spec);
    const [what, ...rest] = await scripts.call<Taken>(
      'submit',
      ...[id, client, digest, verb, spec.engine, contentKey(digest, about.weights)],
      ...[randomUUID(), JSON.stringify(spec), request.verb === 'describe' ? Buffer.from(request.still) : ''],
      ...[bucket, (await medianDuration(redis, bucket)) ?? -1],
      ...[limits.queued, limits.queuedPerClient + limits.runningPerClient],
    );
    if (what === 'conflict') throw conflict();
    if (what === 'ownFull') {
      const sentence = `You have ${rest[0]} jobs here that aren't finished; wait for one of them.`;
      throw new QueueFullError(sentence, FULL_RETRY_MILLISECONDS);
    }
    if (what === 'full') {
      throw new QueueFullError(
        `${limits.queued} jobs wait already; try again later.`,
        FULL_RETRY_MILLISECONDS,
      );
    }
    const [run, turn] = rest as [string, string];
    if (what === 'queued') await bullQueues.add(spec.engine, run, Number(turn));
    if (what === 'shared') await bullQueues.advance(spec.engine, run, Number(turn));
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
