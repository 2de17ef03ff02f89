import type { WireError } from '#lib/protocol/job-event.ts';
import { EngineError } from '../engines/engine.ts';
import { DiskFullError, isDiskFull } from './disk-full.ts';
import { RunDiffersError } from './sound/run-sound.ts';

/** How the jobs of a failed run end. */
export interface Failure {
  error: WireError;
  /** True when the same request may succeed if it is submitted again. */
  isRetryable: boolean;
}

/**
 * Decides whether a run that ended with an error is retried or fails.
 * @param mayRetry False when it has crashed too often.
 * @param onUnexpectedError Called with errors that are not part of the contract of engines and storage.
 */
export function classifyFailure(
  error: unknown,
  mayRetry: boolean,
  onUnexpectedError: (error: unknown) => void,
): 'retry' | Failure {
  if (isDiskFull(error)) return { error: toWireError(new DiskFullError()), isRetryable: true };
  if (error instanceof RunDiffersError) return { error: toWireError(error), isRetryable: true };
  if (error instanceof EngineError) {
    if (error.isRetryable && mayRetry) return 'retry';
    return { error: toWireError(error), isRetryable: error.isRetryable };
  }
  onUnexpectedError(error);
  const message = 'The server met an error of its own while it worked on this.';
  // A failed system call, such as for one more open file, may succeed the next time.
  const isRetryable = error instanceof Error && 'syscall' in error;
  return { error: { name: 'ServerError', message }, isRetryable };
}

/** The fields of an error that are sent to clients. */
export function toWireError({ name, message }: Error): WireError {
  return { name, message };
}
