import { streamOf, type AudioFrame } from '#lib/protocol/audio-frame.ts';
import type { JobEvent, JobResult, WireError } from '#lib/protocol/job-event.ts';
import type { JobId } from '#lib/protocol/job-request.ts';
import type { LinkedJob } from './linked-job.ts';
import { EventQueue } from './event-queue.ts';
import { PartCheck, type PartBytes } from './part-check.ts';
import { RemoteJobError, ServerUnreachableError } from './remote-error.ts';
import { submitMessage, type RemoteRequest, type SubmitMessage } from './remote-request.ts';
import { apiUrl } from './server-address.ts';
import type { ServerLink } from './server-link.ts';

/** After this time without acceptance the server counts as unreachable. */
const ACCEPT_MILLISECONDS = 20_000;
const MAX_GAPS = 5;

/** What happens to a job: the server's events, and those of the client. */
export type RemoteJobEvent =
  | JobEvent
  | ({ t: 'bytes' } & PartBytes)
  /** The parts were damaged and are sent again: the bytes so far are void. */
  | { t: 'restart' }
  /** The connection was lost, or is there again. */
  | { t: 'connection'; isConnected: boolean }
  /** The queue is full; the job is submitted again after this time. */
  | { t: 'full'; retryAfterMs: number };

/**
 * One job on a server, followed to its end over any number of connections: it is never submitted twice, no byte is lost
 * or doubled, and each part is checked by its SHA-256. Iterate it for its events; the last is `done`.
 * The iteration throws RemoteJobError (refused or failed), ServerUnreachableError (not accepted in time),
 * ServerTokenError, or an AbortError (cancelled).
 */
export class RemoteJob implements AsyncIterable<RemoteJobEvent>, LinkedJob {
  readonly id: JobId;
  readonly stream: number;
  readonly #link: ServerLink;
  readonly #request: RemoteRequest;
  readonly #events = new EventQueue<RemoteJobEvent>();
  #message: SubmitMessage | null = null;
  #parts: PartCheck | null = null;
  /** Whether the server has accepted the job. */
  #isAccepted: boolean;
  #state: 'connecting' | 'connected' | 'disconnected' | 'ended' = 'connecting';
  #wasUnknown = false;
  #hasRestarted = false;
  /** Sequence number of the last event. */
  #seq = 0;
  /** Number of bytes of the stream that have arrived. */
  #received = 0;
  /** Gaps in a row, without a byte between them. */
  #gaps = 0;
  #result: { event: JobEvent; result: JobResult } | null = null;
  #timeout: ReturnType<typeof setTimeout> | undefined;

  private constructor(link: ServerLink, id: JobId, request: RemoteRequest, isAccepted: boolean) {
    this.id = id;
    this.stream = streamOf(id);
    this.#link = link;
    this.#request = request;
    this.#isAccepted = isAccepted;
  }

  /**
   * Starts to follow a job over a link.
   * @param isAccepted True for a job that was submitted before, perhaps by a closed page: it is only attached to.
   */
  static async start(
    link: ServerLink,
    id: JobId,
    request: RemoteRequest,
    isAccepted = false,
  ): Promise<RemoteJob> {
    const job = new RemoteJob(link, id, request, isAccepted);
    job.#message = await submitMessage(id, request);
    job.#parts = await PartCheck.open();
    if (!isAccepted) job.#expectAcceptance();
    link.add(job);
    return job;
  }

  get isAccepted(): boolean {
    return this.#isAccepted;
  }

  /** Sequence number of the last event. */
  get seq(): number {
    return this.#seq;
  }

  [Symbol.asyncIterator](): AsyncIterator<RemoteJobEvent> {
    return this.#events[Symbol.asyncIterator]();
  }

  /** Stops the job on the server too. The iteration throws an AbortError. */
  cancel(): void {
    if (this.#state === 'ended') return;
    const { socket, origin, token } = this.#link;
    if (socket) socket.send({ t: 'cancel', job: this.id });
    else void cancelByRequest(apiUrl(origin, `jobs/${this.id}`), token);
    this.fail(new DOMException('Cancelled.', 'AbortError'));
  }

  /** Stops following the job, which goes on at the server. The iteration ends. */
  leave(): void {
    this.#end(null);
  }

  /** There is a connection: submits the job, or attaches to it. */
  begin(): void {
    const { socket } = this.#link;
    if (!socket || this.#state === 'ended' || !this.#message) return;
    if (this.#state === 'disconnected') this.#events.push({ t: 'connection', isConnected: true });
    this.#state = 'connected';
    this.#wasUnknown = false;
    if (this.#isAccepted) socket.send({ t: 'attach', job: this.id, seq: this.#seq, offset: this.#received });
    else this.#submit();
  }

  /** The connection was lost. */
  lost(): void {
    if (this.#state === 'ended') return;
    this.#state = 'disconnected';
    this.#events.push({ t: 'connection', isConnected: false });
  }

  /** Handles an event of the server. Events that came before are ignored. */
  receive(event: JobEvent): void {
    if (event.seq <= this.#seq || this.#state === 'ended') return;
    this.#seq = event.seq;
    this.#isAccepted = true;
    clearTimeout(this.#timeout);
    if (event.t === 'failed') return this.fail(new RemoteJobError(event.error.message, event.isRetryable));
    if (event.t === 'cancelled') return this.fail(new DOMException('Cancelled.', 'AbortError'));
    if (event.t === 'done') this.#takeResult(event);
    else if (event.t === 'part' && !this.#parts!.announce(event.part)) return this.#restart();
    else this.#events.push(event);
    this.#emitParts();
  }

  /** Handles bytes of the stream: skips those that are there already; after a gap it reconnects. */
  receiveFrame({ offset, payload }: AudioFrame): void {
    if (this.#state === 'ended') return;
    if (offset > this.#received) return this.#closeGap();
    const bytes = payload.subarray(this.#received - offset);
    if (bytes.length > 0) this.#gaps = 0;
    this.#received += bytes.length;
    this.#parts!.add(bytes);
    this.#emitParts();
  }

  /** Handles an error of the server that answers a message. */
  refuse(error: WireError, retryAfterMs: number | null): void {
    if (this.#state === 'ended') return;
    if (error.name === 'JobUnknownError' && !this.#wasUnknown) {
      // The server lost or deleted the job: the same request is submitted again under the same id.
      this.#wasUnknown = true;
      this.#isAccepted = false;
      this.#seq = 0;
      return this.#submit();
    }
    if (retryAfterMs === null) return this.fail(new RemoteJobError(error.message, false));
    this.#events.push({ t: 'full', retryAfterMs });
    clearTimeout(this.#timeout);
    this.#timeout = setTimeout(() => this.#submit(), retryAfterMs);
  }

  /** Ends the iteration with an error. */
  fail(error: Error): void {
    this.#end(error);
  }

  #submit(): void {
    const { socket } = this.#link;
    if (!socket || this.#state === 'ended' || this.#isAccepted) return;
    socket.send(this.#message!);
    if (this.#request.verb === 'describe') socket.sendBytes(this.#request.still);
  }

  #expectAcceptance(): void {
    const message = 'The server takes no jobs at this moment: it is off, busy, or there is no network.';
    this.#timeout = setTimeout(() => this.fail(new ServerUnreachableError(message)), ACCEPT_MILLISECONDS);
  }

  #takeResult(event: Extract<JobEvent, { t: 'done' }>): void {
    const { result } = event;
    if (!result.parts.every((part) => this.#parts!.announce(part))) return this.#restart();
    this.#result = { event, result };
  }

  /** Emits the bytes of known parts, and ends when all have arrived and are intact. */
  #emitParts(): void {
    const parts = this.#parts!;
    for (let next; (next = parts.next());) this.#events.push({ t: 'bytes', ...next });
    if (!this.#result || parts.at < this.#result.result.bytes) return;
    const { event, result } = this.#result;
    const inOrder = [...result.parts].sort((a, b) => a.index - b.index);
    const isWhole = inOrder.every(({ sha256: digest }, index) => parts.digests[index] === digest);
    if (!isWhole) return this.#restart();
    this.#events.push(event);
    this.#end(null);
  }

  #closeGap(): void {
    const message = 'The server leaves out a piece of its sound every time: try again later.';
    if (++this.#gaps > MAX_GAPS) this.fail(new RemoteJobError(message, true));
    else this.#link.renew();
  }

  /** A server that crashed may have made other bytes than before: then all are fetched again, once. */
  #restart(): void {
    if (this.#hasRestarted) {
      return this.fail(new RemoteJobError('The server’s sound came damaged, twice: try again.', true));
    }
    this.#hasRestarted = true;
    this.#seq = this.#received = 0;
    this.#result = null;
    this.#parts!.reset();
    this.#events.push({ t: 'restart' });
    this.#link.renew();
  }

  #end(error: Error | null): void {
    if (this.#state === 'ended') return;
    this.#state = 'ended';
    clearTimeout(this.#timeout);
    this.#events.end(error);
    this.#link.remove(this);
  }
}

async function cancelByRequest(url: string, token: string | null): Promise<void> {
  const headers = token ? { Authorization: `Bearer ${token}` } : undefined;
  await fetch(url, { method: 'DELETE', headers, keepalive: true }).catch(() => undefined);
}
