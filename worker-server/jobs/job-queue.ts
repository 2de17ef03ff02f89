import type { EngineAbout } from '#lib/protocol/engine-about.ts';
import type { JobEvent } from '#lib/protocol/job-event.ts';
import type { DescribeSpec, GenerateSpec, JobId } from '#lib/protocol/job-request.ts';

/** What is asked of an engine. */
export type JobRequest =
  { verb: 'generate'; spec: GenerateSpec } | { verb: 'describe'; spec: DescribeSpec; still: Uint8Array };

/** The queue is full, or this client's share of it. */
export class QueueFullError extends Error {
  override name = 'QueueFullError';
  readonly retryAfterMs: number;

  constructor(message: string, retryAfterMs: number) {
    super(message);
    this.retryAfterMs = retryAfterMs;
  }
}

/** No job has this id, or none any more. */
export class JobUnknownError extends Error {
  override name = 'JobUnknownError';
}

/** The id is taken by a job with another request. */
export class JobConflictError extends Error {
  override name = 'JobConflictError';
}

/** The queue is on other machines, and they can't be reached. */
export class QueueUnavailableError extends Error {
  /** Sent to clients as `error.name`, so it keeps the name that they know. */
  override name = 'DeskAwayError';

  constructor(message = 'The queue can’t be reached just now: try again in a moment.') {
    super(message);
  }
}

/** A job as it stands. */
export interface JobState {
  id: JobId;
  verb: JobRequest['verb'];
  status: 'queued' | 'running' | 'done' | 'failed' | 'cancelled';
  /** Its newest event. */
  last: JobEvent;
}

/** Figures for `/metrics` and `/healthz`. */
export interface QueueStats {
  queued: number;
  running: number;
  /** Engines at work or ready for it, on all machines. */
  workers: number;
  doneTotal: number;
  failedTotal: number;
  cancelledTotal: number;
  /** Runs of an engine; fewer than jobs, as equal requests share one. */
  runsTotal: number;
  cacheHitsTotal: number;
  engineSecondsTotal: number;
}

/**
 * Where jobs are handed in and followed. One queue may be a process with SQLite, another many machines with Redis:
 * routes and sockets know only this.
 */
export interface JobQueue extends AsyncDisposable {
  engines(): EngineAbout[];
  /**
   * Takes a job; the same id with the same request gives the job that is there already. Requests with equal content
   * run once.
   * @param client Whose share of the queue it takes, such as an address.
   * @throws QueueFullError, JobConflictError, EngineError (no such engine, or it can't do this).
   */
  submit(client: string, id: JobId, request: JobRequest): Promise<JobState>;
  /** @throws JobUnknownError */
  state(id: JobId): Promise<JobState>;
  /**
   * Events after `afterSeq`, then those to come, until the last. `seq` rises; as at most 40 events of a job are kept,
   * a replay may jump over `progress`, `queued` and `text` events that newer ones of their kind replace, and over no
   * others. An aborted signal ends it with the signal's reason, the end of the queue ends it quietly.
   * @throws JobUnknownError, at the latest when the first event is asked for.
   */
  events(id: JobId, afterSeq: number, signal: AbortSignal): AsyncIterable<JobEvent>;
  /**
   * The bytes of the job's stream from `offset` on, at most 64 KiB at a time, as they are made, until its end; nothing
   * when the offset is beyond it or when the job failed. An aborted signal ends it with the signal's reason, the end of
   * the queue ends it quietly.
   * @throws JobUnknownError, at the latest when the first bytes are asked for.
   */
  audio(id: JobId, offset: number, signal: AbortSignal): AsyncIterable<Uint8Array>;
  /** False when it had ended already. @throws JobUnknownError */
  cancel(id: JobId): Promise<boolean>;
  stats(): Promise<QueueStats>;
  /** Takes no more jobs, lets the running one finish within the grace period, keeps the others for the next start. */
  drain(graceMs: number): Promise<void>;
}
