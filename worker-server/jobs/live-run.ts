import type { RunSound } from './sound/run-sound.ts';

/** What is known of a run only while it runs. */
export interface LiveRun {
  id: number;
  bucket: string;
  /** By `performance.now()`. */
  startedAt: number;
  controller: AbortController;
  sound: RunSound | null;
  /** What was told of the text last, for jobs that join later. */
  text: string | null;
  /** What went wrong on this side while the engine was at work. */
  fault: unknown;
  /** True when it is stopped only because the server stops: its jobs wait for the next start. */
  isPutBack: boolean;
  /** Resolves when it has come to its end, whichever. */
  ended: Promise<void>;
}
