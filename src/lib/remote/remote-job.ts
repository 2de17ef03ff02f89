import { streamOf, type AudioFrame } from '#lib/protocol/audio-frame.ts';
import type { JobEvent, JobResult, WireError } from '#lib/protocol/job-event.ts';
import type { JobId } from '#lib/protocol/job-request.ts';
import type { LinkedJob } from './linked-job.ts';
import { NewsQueue } from './news-queue.ts';
import { PartCheck, type PartBytes } from './part-check.ts';
import { RemoteJobError, ServerUnreachableError } from './remote-error.ts';
import { submitMessage, type RemoteRequest, type SubmitMessage } from './remote-request.ts';
import { apiUrl } from './server-address.ts';
import type { ServerLink } from './server-link.ts';

/** A server that takes no job within this time counts as not there. */
const ACCEPT_MILLISECONDS = 20_000;
const MOST_GAPS = 5;

/** What happens to a job, besides its events: bytes of its parts in order, the line, the queue. */
export type JobNews =
  | JobEvent
  | ({ t: 'bytes' } & PartBytes)
  /** The parts came damaged and come again: what was given so far is void. */
  | { t: 'restart' }
  | { t: 'line'; isUp: boolean }
  /** The queue is full; the job is handed in again after this time. */
  | { t: 'full'; retryAfterMs: number };

/**
 * One job on a server, followed to its end over any number of connections: nothing is asked for twice, no byte is lost
 * or doubled, and each part is compared with its SHA-256. Iterate it for its news; the last is `done`.
 * The iteration throws RemoteJobError (refused or failed), ServerUnreachableError (nobody took it in time),
 * ServerTokenError, or an AbortError (cancelled).
 */
export class RemoteJob implements AsyncIterable<JobNews>, LinkedJob {
  readonly id: JobId;
  readonly stream: number;
  readonly #link: ServerLink;
  readonly #request: RemoteRequest;
  readonly #news = new NewsQueue<JobNews>();
  #message: SubmitMessage | null = null;
  #parts: PartCheck | null = null;
  #isAccepted: boolean;
  #isOver = false;
  #isDown = false;
  #wasUnknown = false;
  #hasRestarted = false;
  #seq = 0;
  #have = 0;
  /** Gaps one after the other without a byte between them. */
  #gaps = 0;
  #result: { event: JobEvent; result: JobResult } | null = null;
  #patience: ReturnType<typeof setTimeout> | undefined;

  private constructor(link: ServerLink, id: JobId, request: RemoteRequest, isAccepted: boolean) {
    this.id = id;
    this.stream = streamOf(id);
    this.#link = link;
    this.#request = request;
    this.#isAccepted = isAccepted;
  }

  /**
   * Puts a job on the line.
   * @param isAccepted True for a job that was handed in before, perhaps by a page that is gone: it is attached to.
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
    if (!isAccepted) job.#wait();
    link.add(job);
    return job;
  }

  get isAccepted(): boolean {
    return this.#isAccepted;
  }

  /** The number of the newest event that came. */
  get seq(): number {
    return this.#seq;
  }

  [Symbol.asyncIterator](): AsyncIterator<JobNews> {
    return this.#news[Symbol.asyncIterator]();
  }

  /** Stops the job on the server too. The iteration throws an AbortError. */
  cancel(): void {
    if (this.#isOver) return;
    const { socket, origin, token } = this.#link;
    if (socket) socket.send({ t: 'cancel', job: this.id });
    else void cancelByRequest(apiUrl(origin, `jobs/${this.id}`), token);
    this.fail(new DOMException('Cancelled.', 'AbortError'));
  }

  /** Lets the job go on without following it: it can be attached to later. The iteration ends. */
  leave(): void {
    this.#end(null);
  }

  /** There is a connection: hands the job in, or goes on with it. */
  begin(): void {
    const { socket } = this.#link;
    if (!socket || this.#isOver || !this.#message) return;
    if (this.#isDown) this.#news.push({ t: 'line', isUp: true });
    this.#isDown = false;
    this.#wasUnknown = false;
    if (this.#isAccepted) socket.send({ t: 'attach', job: this.id, seq: this.#seq, offset: this.#have });
    else this.#submit();
  }

  /** The connection broke. */
  lost(): void {
    this.#isDown = true;
    this.#news.push({ t: 'line', isUp: false });
  }

  /** Something happened to the job. Events that came before are passed over. */
  receive(event: JobEvent): void {
    if (event.seq <= this.#seq || this.#isOver) return;
    this.#seq = event.seq;
    this.#isAccepted = true;
    clearTimeout(this.#patience);
    if (event.t === 'failed') return this.fail(new RemoteJobError(event.error.message, event.isRetryable));
    if (event.t === 'cancelled') return this.fail(new DOMException('Cancelled.', 'AbortError'));
    if (event.t === 'done') this.#takeResult(event);
    else if (event.t === 'part' && !this.#parts!.announce(event.part)) return this.#restart();
    else this.#news.push(event);
    this.#pass();
  }

  /** Bytes of the stream came: what is there already is skipped; behind a gap another connection is needed. */
  receiveFrame({ offset, payload }: AudioFrame): void {
    if (this.#isOver) return;
    if (offset > this.#have) return this.#bridge();
    const bytes = payload.subarray(this.#have - offset);
    if (bytes.length > 0) this.#gaps = 0;
    this.#have += bytes.length;
    this.#parts!.add(bytes);
    this.#pass();
  }

  /** The server did not take a message. */
  refuse(error: WireError, retryAfterMs: number | null): void {
    if (this.#isOver) return;
    if (error.name === 'JobUnknownError' && !this.#wasUnknown) {
      // It lost the job, or threw it away: the same request under the same id is the same job.
      this.#wasUnknown = true;
      this.#isAccepted = false;
      this.#seq = 0;
      return this.#submit();
    }
    if (retryAfterMs === null) return this.fail(new RemoteJobError(error.message, false));
    this.#news.push({ t: 'full', retryAfterMs });
    clearTimeout(this.#patience);
    this.#patience = setTimeout(() => this.#submit(), retryAfterMs);
  }

  /** Ends the iteration with an error. */
  fail(error: Error): void {
    this.#end(error);
  }

  #submit(): void {
    const { socket } = this.#link;
    if (!socket || this.#isOver || this.#isAccepted) return;
    socket.send(this.#message!);
    if (this.#request.verb === 'describe') socket.sendBytes(this.#request.still);
  }

  #wait(): void {
    const message = 'The server takes no jobs at this moment: it is off, busy, or there is no network.';
    this.#patience = setTimeout(() => this.fail(new ServerUnreachableError(message)), ACCEPT_MILLISECONDS);
  }

  #takeResult(event: Extract<JobEvent, { t: 'done' }>): void {
    const { result } = event;
    if (!result.parts.every((part) => this.#parts!.announce(part))) return this.#restart();
    this.#result = { event, result };
  }

  /** Passes on what is complete, and ends when all is. */
  #pass(): void {
    const parts = this.#parts!;
    for (let next; (next = parts.next());) this.#news.push({ t: 'bytes', ...next });
    if (!this.#result || parts.at < this.#result.result.bytes) return;
    const { event, result } = this.#result;
    const inOrder = [...result.parts].sort((a, b) => a.index - b.index);
    const isWhole = inOrder.every(({ sha256: digest }, index) => parts.digests[index] === digest);
    if (!isWhole) return this.#restart();
    this.#news.push(event);
    this.#end(null);
  }

  #bridge(): void {
    const message = 'The server leaves out a piece of its sound every time: try again later.';
    if (++this.#gaps > MOST_GAPS) this.fail(new RemoteJobError(message, true));
    else this.#link.renew();
  }

  /** A server that was killed may have made other bytes than before: then all of them are fetched again, once. */
  #restart(): void {
    if (this.#hasRestarted) {
      return this.fail(new RemoteJobError('The server’s sound came damaged, twice: try again.', true));
    }
    this.#hasRestarted = true;
    this.#seq = this.#have = 0;
    this.#result = null;
    this.#parts!.reset();
    this.#news.push({ t: 'restart' });
    this.#link.renew();
  }

  #end(error: Error | null): void {
    if (this.#isOver) return;
    this.#isOver = true;
    clearTimeout(this.#patience);
    this.#news.end(error);
    this.#link.remove(this);
  }
}

async function cancelByRequest(url: string, token: string | null): Promise<void> {
  const headers = token ? { Authorization: `Bearer ${token}` } : undefined;
  await fetch(url, { method: 'DELETE', headers, keepalive: true }).catch(() => undefined);
}
