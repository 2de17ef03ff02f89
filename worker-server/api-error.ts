import type { ErrorAnswer } from '#lib/protocol/http-answers.ts';
import { EngineError } from './engines/engine.ts';
import {
  QueueUnavailableError,
  JobConflictError,
  JobUnknownError,
  QueueFullError,
} from './jobs/job-queue.ts';

type Status = 400 | 401 | 403 | 404 | 409 | 413 | 415 | 416 | 422 | 429 | 500 | 503;

/** A refused request, with the status of the HTTP response. */
export class ApiError extends Error {
  readonly status: Status;
  /** Path of the invalid field. */
  readonly at: string | undefined;
  readonly retryAfterMs: number | undefined;

  constructor(
    status: Status,
    name: string,
    message: string,
    { at, retryAfterMs }: { at?: string; retryAfterMs?: number } = {},
  ) {
    super(message);
    this.name = name;
    this.status = status;
    this.at = at;
    this.retryAfterMs = retryAfterMs;
  }
}

/** The error for new jobs while the server shuts down. */
export function drainingError(): ApiError {
  return new ApiError(503, 'DrainingError', 'The server is about to stop: try again in a moment.', {
    retryAfterMs: 5000,
  });
}

/** The error that is sent to clients; null for unexpected errors, whose details are not sent. */
export function toApiError(error: unknown): ApiError | null {
  if (error instanceof ApiError) return error;
  if (error instanceof QueueFullError) {
    return new ApiError(503, error.name, error.message, { retryAfterMs: error.retryAfterMs });
  }
  if (error instanceof QueueUnavailableError) {
    return new ApiError(503, error.name, error.message, { retryAfterMs: 2000 });
  }
  if (error instanceof JobUnknownError) return new ApiError(404, error.name, error.message);
  if (error instanceof JobConflictError) return new ApiError(409, error.name, error.message);
  if (error instanceof EngineError) {
    return new ApiError(error.isRetryable ? 503 : 422, error.name, error.message, {
      at: 'engine',
      ...(error.isRetryable ? { retryAfterMs: 5000 } : {}),
    });
  }
  return null;
}

/** An error as an HTTP response. */
export function answerOf(error: unknown): Response {
  const known = toApiError(error);
  const body: ErrorAnswer = known
    ? { error: { name: known.name, message: known.message }, ...(known.at ? { at: known.at } : {}) }
    : { error: { name: 'ServerError', message: 'The server met an error of its own.' } };
  const headers: Record<string, string> = { 'Cache-Control': 'no-store' };
  if (known?.retryAfterMs !== undefined)
    headers['Retry-After'] = String(Math.ceil(known.retryAfterMs / 1000));
  // The rest of the body is not read, so the connection can't be reused.
  if (known?.status === 413) headers['Connection'] = 'close';
  if (known?.status === 401) headers['WWW-Authenticate'] = 'Bearer';
  return Response.json(body, { status: known?.status ?? 500, headers });
}
