import * as v from 'valibot';
import { JobIdSchema, type JobId } from '#lib/protocol/job-request.ts';
import { ClientMessageSchema, type ClientMessage } from '#lib/protocol/messages.ts';
import { ApiError } from '../api-error.ts';

/** Limit for text frames: enough for four prompts of 2000 characters in which every character is escaped. */
const MAX_TEXT_BYTES = 64 * 1024;

/** A text frame that is not a valid message. `job` is the job that it refers to, if that can be read. */
export class BadMessageError extends ApiError {
  readonly job: JobId | undefined;

  constructor(message: string, at?: string, job?: JobId) {
    super(400, 'MessageError', message, at === undefined ? {} : { at });
    this.job = job;
  }
}

/** Parses a text frame. @throws BadMessageError with the path of the invalid field. */
export function readMessage(bytes: Buffer): ClientMessage {
  if (bytes.length > MAX_TEXT_BYTES) {
    throw new BadMessageError(
      `A message of at most ${MAX_TEXT_BYTES} bytes was wanted, but ${bytes.length} came.`,
    );
  }
  let message: unknown;
  try {
    message = JSON.parse(bytes.toString());
  } catch {
    throw new BadMessageError('A message in JSON was wanted, but the text is none.');
  }
  const result = v.safeParse(ClientMessageSchema, message);
  if (result.success) return result.output;
  const [issue] = result.issues;
  const sentence = `${issue.message}.`.replace(/\.\.$/, '.');
  throw new BadMessageError(sentence, v.getDotPath(issue) ?? undefined, jobOf(message));
}

function jobOf(message: unknown): JobId | undefined {
  const result = v.safeParse(v.object({ job: JobIdSchema }), message);
  return result.success ? result.output.job : undefined;
}
