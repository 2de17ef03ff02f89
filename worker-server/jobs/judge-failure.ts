import type { WireError } from '#lib/protocol/job-event.ts';
import { EngineError } from '../engines/engine.ts';
import { DiskFullError, isDiskFull } from './disk-full.ts';
import { RunDiffersError } from './sound/run-sound.ts';

/** What the jobs of a failed run are told. */
export interface Failure {
  error: WireError;
  /** True when the same request may well succeed at another try. */
  isRetryable: boolean;
}

/**
 * What becomes of a run that ended with an error.
 * @param mayRepeat False when it has died often enough.
 * @param onFault Hears of errors that nobody foresaw.
 */
export function judgeFailure(
  error: unknown,
  mayRepeat: boolean,
  onFault: (error: unknown) => void,
): 'again' | Failure {
  if (isDiskFull(error)) return { error: wireError(new DiskFullError()), isRetryable: true };
  if (error instanceof RunDiffersError) return { error: wireError(error), isRetryable: true };
  if (error instanceof EngineError) {
    if (error.isRetryable && mayRepeat) return 'again';
    return { error: wireError(error), isRetryable: error.isRetryable };
  }
  onFault(error);
  const message = 'The server met an error of its own while it worked on this.';
  // What the system refused just now, such as one more open file, it may allow the next time.
  const isRetryable = error instanceof Error && 'syscall' in error;
  return { error: { name: 'ServerError', message }, isRetryable };
}

/** What travels of an error. */
export function wireError({ name, message }: Error): WireError {
  return { name, message };
}
