import { toBase64Url } from '#lib/protocol/base64-url.ts';
import type { DescribeSpec, GenerateSpec, JobId, Still } from '#lib/protocol/job-request.ts';
import type { ClientMessage } from '#lib/protocol/messages.ts';

/** A request to a server. */
export type RemoteRequest =
  | { verb: 'generate'; spec: GenerateSpec }
  | { verb: 'describe'; spec: DescribeSpec; still: Uint8Array<ArrayBuffer>; mime: Still['mime'] };

/** A new job id: 128 random bits in base64url. Whoever knows it may follow and cancel the job and read its sound. */
export function newJobId(): JobId {
  return toBase64Url(crypto.getRandomValues(new Uint8Array(16)));
}
/** A message that submits a job. */
export type SubmitMessage = Extract<ClientMessage, { t: 'generate' | 'describe' }>;
/** The message that submits a request, without the bytes of its still. The app shows it before it is sent. */
export async function submitMessage(job: JobId, request: RemoteRequest): Promise<SubmitMessage> {
  if (request.verb === 'generate') return { t: 'generate', job, spec: request.spec };
  const { spec, still, mime } = request;
  const { sha256 } = await import('hash-wasm');
  return { t: 'describe', job, spec, still: { mime, bytes: still.length, sha256: await sha256(still) } };
}

/** How many bytes leave the page for a request: the message, and the still that follows it. */
export async function requestBytes(job: JobId, request: RemoteRequest): Promise<number> {
  const text = new TextEncoder().encode(JSON.stringify(await submitMessage(job, request)));
  return text.length + (request.verb === 'describe' ? request.still.length : 0);
}
