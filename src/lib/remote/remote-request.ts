import { sha256 } from 'hash-wasm';
import type { DescribeSpec, GenerateSpec, JobId, Still } from '#lib/protocol/job-request.ts';
import type { ClientMessage } from '#lib/protocol/messages.ts';

/** What is asked of a server. */
export type RemoteRequest =
  | { verb: 'generate'; spec: GenerateSpec }
  | { verb: 'describe'; spec: DescribeSpec; still: Uint8Array<ArrayBuffer>; mime: Still['mime'] };

/** The message by which a request is handed in. */
export type SubmitMessage = Extract<ClientMessage, { t: 'generate' | 'describe' }>;

/** The message by which a request is handed in, without the bytes of its still: what is shown is what is sent. */
export async function submitMessage(job: JobId, request: RemoteRequest): Promise<SubmitMessage> {
  if (request.verb === 'generate') return { t: 'generate', job, spec: request.spec };
  const { spec, still, mime } = request;
  return { t: 'describe', job, spec, still: { mime, bytes: still.length, sha256: await sha256(still) } };
}

/** How many bytes leave the page for a request: the message as it is sent, and the still behind it. */
export async function requestBytes(job: JobId, request: RemoteRequest): Promise<number> {
  const text = new TextEncoder().encode(JSON.stringify(await submitMessage(job, request)));
  return text.length + (request.verb === 'describe' ? request.still.length : 0);
}
