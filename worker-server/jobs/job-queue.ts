import type { EngineAbout } from '#lib/protocol/engine-about.ts';
import type { JobEvent } from '#lib/protocol/job-event.ts';
import type { DescribeSpec, GenerateSpec, JobId } from '#lib/protocol/job-request.ts';

/** A request to an engine. */
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

/** There is no job with this id, or it has expired. */
export class JobUnknownError extends Error {
  override name = 'JobUnknownError';
}

/** The id belongs to a job with another request. */
export class JobConflictError extends Error {
  override name = 'JobConflictError';
}

/** The queue is on another machine that can't be reached. */
export class QueueUnavailableError extends Error {
  /** Sent to clients as `error.name`, so it keeps the name that they know. */
  override name = 'DeskAwayError';

  constructor(message = 'The queue can’t be reached just now: try again in a moment.') {
    super(message);
  }
}

/** The current state of a job. */
export interface JobState {
  id: JobId;
  verb: JobRequest['verb'];
  status: 'queued' | 'running' | 'done' | 'failed' | 'cancelled';
  /** Its newest event. */
  last: JobEvent;
}

/** Counted since the queue was opened. */
export interface QueueTotals {
  doneTotal: number;
  failedTotal: number;
  cancelledTotal: number;
  /** Runs of an engine. Equal requests share a run, so there are fewer runs than jobs. */
  runsTotal: number;
  cacheHitsTotal: number;
  engineSecondsTotal: number;
}

/** Figures for `/metrics` and `/healthz`. */
export interface QueueStats extends QueueTotals {
  queued: number;
  running: number;
  /** Engines that work or could work, on all machines. */
  workers: number;
}

/** Accepts jobs and streams their events and sound. Routes and sockets depend on nothing else of the queue. */
export interface JobQueue extends AsyncDisposable {
  engines(): EngineAbout[];
  /**
   * Submits a job. Idempotent: the same id with the same request returns the existing job. Requests with equal content
   * share one run.
   * @param client Key for the limits per client, such as an address.
   * @throws QueueFullError, JobConflictError, EngineError (no such engine, or it can't do this).
   */
  submit(client: string, id: JobId, request: JobRequest): Promise<JobState>;
  /** @throws JobUnknownError */
  state(id: JobId): Promise<JobState>;
  /**
   * Streams the events after `afterSeq` until the last one. `seq` increases; since at most 40 events per job are kept, a
   * replay may skip `progress`, `queued` and `text` events that newer ones of their kind replace, and no others. Aborting
   * throws the signal's reason; closing the queue ends the stream without an error.
   * @throws JobUnknownError, at the latest when the first event is requested.
   */
  events(id: JobId, afterSeq: number, signal: AbortSignal): AsyncIterable<JobEvent>;
  /**
   * Streams the sound of a job from `offset` on, at most 64 KiB at a time, while it is generated, until its end. Empty
   * when the offset is beyond the end or the job failed. Aborting throws the signal's reason; closing the queue ends the
   * stream without an error.
   * @throws JobUnknownError, at the latest when the first bytes are requested.
   */
  audio(id: JobId, offset: number, signal: AbortSignal): AsyncIterable<Uint8Array>;
  /** False when the job had already ended. @throws JobUnknownError */
  cancel(id: JobId): Promise<boolean>;
  stats(): Promise<QueueStats>;
  /** Accepts no more jobs, lets running ones finish within the grace period, and keeps the others for the next start. */
  drain(graceMs: number): Promise<void>;
}
