import type { AudioFrame } from '#lib/protocol/audio-frame.ts';
import type { JobEvent, WireError } from '#lib/protocol/job-event.ts';
import type { JobId } from '#lib/protocol/job-request.ts';

/** A job as its line knows it: what is said to it while it is on the line. */
export interface LinkedJob {
  readonly id: JobId;
  /** The 32 bits that its frames carry. */
  readonly stream: number;
  /** Whether a server has it. */
  readonly isAccepted: boolean;
  /** There is a connection: hands the job in, or goes on with it. */
  begin(): void;
  /** The connection broke. */
  lost(): void;
  receive(event: JobEvent): void;
  receiveFrame(frame: AudioFrame): void;
  /** The server did not take a message. */
  refuse(error: WireError, retryAfterMs: number | null): void;
  /** Another try is of no use. */
  fail(error: Error): void;
}
