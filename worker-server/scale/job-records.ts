import type { JobEvent } from '#lib/protocol/job-event.ts';
import type { JobId } from '#lib/protocol/job-request.ts';
import { JobUnknownError, type JobState } from '../jobs/job-queue.ts';
import type { Scripts } from './scripts.ts';

/** A job as Redis has it. */
export interface JobRecord extends JobState {
  /** Digest of what was asked. */
  request: string;
  run: string;
  /** Of its sound that are there. */
  bytes: number;
}

/** A Redis that was killed may have forgotten so many events of a job; who claims to have heard more is not believed. */
const MOST_FORGOTTEN = 100;

type Row = [
  verb: string,
  status: string,
  seq: string,
  last: string,
  request: string,
  run: string,
  bytes: string,
];

/** Reads what is written down about jobs. */
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

  /** Somebody asks for the sound of a run: it is kept longer. */
  async use(run: string): Promise<void> {
    await this.#scripts.call('use', run);
  }

  /** Somebody has heard more events than are known; see `MOST_FORGOTTEN`. */
  async catchUp({ id, last }: JobRecord, heard: number): Promise<void> {
    if (heard > last.seq && heard <= last.seq + MOST_FORGOTTEN)
      await this.#scripts.call('catch-up', id, heard);
  }

  /** An event from what is kept of it. */
  event(id: JobId, seq: number, body: string): JobEvent {
    return { ...(JSON.parse(body) as object), job: id, seq } as JobEvent;
  }
}
