import type { AudioFrame } from '#lib/protocol/audio-frame.ts';
import type { JobEvent, WireError } from '#lib/protocol/job-event.ts';
import type { JobId } from '#lib/protocol/job-request.ts';

/** A job as its link sees it. */
export interface LinkedJob {
  readonly id: JobId;
  /** The 32 bits that identify its frames. */
  readonly stream: number;
  /** Whether the server has accepted it. */
  readonly isAccepted: boolean;
  /** There is a connection: submits the job, or attaches to it. */
  begin(): void;
  /** The connection was lost. */
  lost(): void;
  receive(event: JobEvent): void;
  receiveFrame(frame: AudioFrame): void;
  /** The server refused a message. */
  refuse(error: WireError, retryAfterMs: number | null): void;
  /** Trying again is pointless. */
  fail(error: Error): void;
}
