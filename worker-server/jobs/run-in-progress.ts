import type { RunSound } from './sound/run-sound.ts';

/** State of a run that exists only while an engine works on it. */
export interface RunInProgress {
  id: number;
  bucket: string;
  /** By `performance.now()`. */
  startedAt: number;
  controller: AbortController;
  sound: RunSound | null;
  /** The text so far, for jobs that join later. */
  text: string | null;
  /** An error on our side that aborted the run; the engine may report it under another name. */
  abortError: unknown;
  /** True when the run was aborted because the server stops; it is queued again. */
  isRequeued: boolean;
  /** Resolves when the run has ended, in whatever way. */
  ended: Promise<void>;
}
