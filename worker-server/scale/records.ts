import type { Redis } from 'ioredis';
import type { JobEvent } from '#lib/protocol/job-event.ts';
import type { DescribeSpec, GenerateSpec, JobId } from '#lib/protocol/job-request.ts';
import { JobUnknownError, type JobRequest, type JobState } from '../jobs/job-queue.ts';
import { keyOf, type Scripts } from './scripts.ts';

/** A job as it is stored in Redis. */
export interface JobRecord extends JobState {
  /** Digest of the request. */
  request: string;
  run: string;
  /** Bytes of its sound so far. */
  bytes: number;
}

/** The part of a run that its worker needs. */
export interface RunRecord {
  request: JobRequest;
  /** Runs of one bucket take about the same time; see `bucketOf()`. */
  bucket: string;
}

/** A Redis that was killed may have lost so many events of a job. A client that claims to have more is not believed. */
const MAX_LOST_EVENTS = 100;

type Row = [
  verb: string,
  status: string,
  seq: string,
  last: string,
  request: string,
  run: string,
  bytes: string,
];

/** Reads the records of jobs. */
export class JobRecords {
  readonly #scripts: Scripts;

  constructor(scripts: Scripts) {
    this.#scripts = scripts;
  }

  async find(id: JobId): Promise<JobRecord | null> {
    const row = await this.#scripts.call<Row | null>('state', id);
    if (!row) return null;
    const [verb, status, seq, last, request, run, bytes] = row;
    const state = { verb, status } as Pick<JobRecord, 'verb' | 'status'>;
    return { id, ...state, last: this.event(id, Number(seq), last), request, run, bytes: Number(bytes) };
  }

  /** @throws JobUnknownError */
  async get(id: JobId): Promise<JobRecord> {
    const record = await this.find(id);
    if (record) return record;
    throw new JobUnknownError('There is no job with this id, or none any more: jobs are kept for a day.');
  }

  /** Marks the sound of a run as used, which extends its retention. */
  async touch(run: string): Promise<void> {
    await this.#scripts.call('touch', run);
  }

  /** Continues the numbering after the events that a client has received and Redis has lost. */
  async catchUp({ id, last }: JobRecord, received: number): Promise<void> {
    if (received > last.seq && received <= last.seq + MAX_LOST_EVENTS)
      await this.#scripts.call('catch-up', id, received);
  }

  /** An event from its stored JSON. */
  event(id: JobId, seq: number, body: string): JobEvent {
    return { ...(JSON.parse(body) as object), job: id, seq } as JobEvent;
  }
}

/** Reads a run; null when it has ended. */
export async function readRun(redis: Redis, run: string): Promise<RunRecord | null> {
  const key = keyOf('run', run);
  const [verb, spec, bucket] = await redis.hmget(key, 'verb', 'spec', 'bucket');
  if (!verb || !spec || !bucket) return null;
  if (verb === 'generate') return { request: { verb, spec: JSON.parse(spec) as GenerateSpec }, bucket };
  const still = await redis.hgetBuffer(key, 'still');
  if (!still) return null;
  return { request: { verb: 'describe', spec: JSON.parse(spec) as DescribeSpec, still }, bucket };
}
