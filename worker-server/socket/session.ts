import { createHash } from 'node:crypto';
import type { RawData, WebSocket } from 'ws';
import { streamOf } from '#lib/protocol/audio-frame.ts';
import { MAX_STILL_BYTES, type JobId } from '#lib/protocol/job-request.ts';
import { CLOSE, PROTOCOL_VERSION, type ClientMessage } from '#lib/protocol/messages.ts';
import { jobTag } from '../access/secrets.ts';
import { ApiError, toApiError } from '../api-error.ts';
import { QueueUnavailableError, type JobRequest } from '../jobs/job-queue.ts';
import type { Service } from '../service.ts';
import { toPlainStill } from '../still-check.ts';
import { followJob, type ResumePoint } from './follow-job.ts';
import { SendQueue } from './send-queue.ts';
import type { SessionLike } from './socket-registry.ts';
import { BadMessageError, readMessage } from './read-message.ts';

/** The socket is closed at this number of bad messages. */
const MAX_BAD_MESSAGES = 6;
/** The socket is paused while more messages than these wait to be handled. */
const MAX_PENDING_MESSAGES = 4;

/** The session of one socket: handles messages one after another and follows the client's jobs. */
export class Session implements SessionLike {
  readonly sendQueue: SendQueue;
  readonly openedAt = performance.now();
  #socket: WebSocket;
  #service: Service;
  #client: string;
  #key: string;
  #receivedAt = this.openedAt;
  #messageAt = this.openedAt;
  #hasHello = false;
  #badMessages = 0;
  #pending: { data: Buffer; isBinary: boolean }[] = [];
  #isHandling = false;
  #describing: Extract<ClientMessage, { t: 'describe' }> | null = null;
  /** The job of each stream number in use. */
  #streams = new Map<number, JobId>();

  /** @param client Key for limits, such as an address. @param key Unique for this socket. */
  constructor(socket: WebSocket, service: Service, client: string, key: string) {
    this.#socket = socket;
    this.#service = service;
    this.#client = client;
    this.#key = key;
    this.sendQueue = new SendQueue(socket);
    socket.on('message', (data, isBinary) => this.#receive(data, isBinary));
    socket.on('pong', () => (this.#receivedAt = performance.now()));
  }

  get hasHello(): boolean {
    return this.#hasHello;
  }

  get receivedAt(): number {
    return this.#receivedAt;
  }

  get messageAt(): number {
    return this.#messageAt;
  }

  get isFollowing(): boolean {
    return this.#streams.size > 0;
  }

  #receive(data: RawData, isBinary: boolean): void {
    this.#receivedAt = this.#messageAt = performance.now();
    this.#pending.push({ data: data as Buffer, isBinary });
    if (this.#pending.length > MAX_PENDING_MESSAGES) this.#socket.pause();
    if (!this.#isHandling) void this.#handleAll();
  }

  async #handleAll(): Promise<void> {
    this.#isHandling = true;
    for (let next = this.#pending.shift(); next; next = this.#pending.shift()) {
      if (this.sendQueue.closed.aborted) break;
      await this.#handleOne(next.data, next.isBinary);
      if (this.#socket.isPaused && this.#pending.length === 0) this.#socket.resume();
    }
    this.#isHandling = false;
  }

  async #handleOne(data: Buffer, isBinary: boolean): Promise<void> {
    let job: JobId | undefined;
    try {
      await this.#service.rateLimits.count('messages', this.#key);
      if (isBinary) {
        job = this.#describing?.job;
        return await this.#receiveStill(data);
      }
      const message = readMessage(data);
      if ('job' in message) job = message.job;
      await this.#handle(message);
    } catch (error) {
      if (error instanceof BadMessageError) job = error.job;
      await this.#refuse(error, job).catch(() => undefined);
    }
  }

  async #handle(message: ClientMessage): Promise<void> {
    if (message.t === 'hello') return this.#welcome(message);
    if (!this.#hasHello) throw new ApiError(400, 'MessageError', 'Say hello first.', { at: 't' });
    const { queue } = this.#service;
    switch (message.t) {
      case 'ping':
        return this.sendQueue.send({ t: 'pong', n: message.n });
      case 'generate':
        return this.#submit(message.job, { verb: 'generate', spec: message.spec });
      case 'describe':
        if (this.#describing) {
          throw new ApiError(400, 'MessageError', 'The still of the last description has not come yet.');
        }
        this.#describing = message;
        return;
      case 'attach':
        return this.#follow(message.job, message);
      case 'cancel':
        await queue.cancel(message.job);
    }
  }

  async #welcome({ v, ticket }: Extract<ClientMessage, { t: 'hello' }>): Promise<void> {
    if (v !== PROTOCOL_VERSION) {
      const sentence = `This server speaks version ${PROTOCOL_VERSION} of the protocol, not version ${v}.`;
      throw new ApiError(400, 'VersionError', sentence, { at: 'v' });
    }
    const { queue, settings, tickets } = this.#service;
    const isAllowed = this.#hasHello || settings.TOKEN === '' || (await tickets.redeem(ticket ?? ''));
    if (!isAllowed) {
      throw new ApiError(401, 'TicketError', 'A fresh ticket from POST /api/v1/tickets was wanted.', {
        at: 'ticket',
      });
    }
    this.#hasHello = true;
    await this.sendQueue.send({
      t: 'welcome',
      v: PROTOCOL_VERSION,
      engines: queue.engines(),
      limits: { messageBytes: 1 << 20, stillBytes: MAX_STILL_BYTES, seconds: 300, candidates: 4 },
    });
  }

  async #receiveStill(data: Buffer): Promise<void> {
    const describing = this.#describing;
    this.#describing = null;
    if (!describing) {
      throw new ApiError(
        400,
        'MessageError',
        'Bytes are only wanted behind a message of the type "describe".',
      );
    }
    const { job, spec, still } = describing;
    if (data.length !== still.bytes) {
      const sentence = `A still of ${still.bytes} bytes was announced, but ${data.length} came.`;
      throw new ApiError(400, 'MessageError', sentence, { at: 'still.bytes' });
    }
    if (createHash('sha256').update(data).digest('hex') !== still.sha256) {
      throw new ApiError(400, 'MessageError', 'The still is not the one that was announced.', {
        at: 'still.sha256',
      });
    }
    await this.#submit(job, { verb: 'describe', spec, still: await toPlainStill(data, still.mime) });
  }

  async #submit(job: JobId, request: JobRequest): Promise<void> {
    this.#checkStream(job);
    await this.#service.submit(this.#client, job, request);
    await this.#follow(job, { seq: 0, offset: 0 });
  }

  /** Does nothing for a job that this socket follows already. */
  async #follow(job: JobId, from: ResumePoint): Promise<void> {
    const { queue, log } = this.#service;
    await queue.state(job);
    this.#checkStream(job);
    const stream = streamOf(job);
    if (this.#streams.has(stream)) return;
    this.#streams.set(stream, job);
    followJob(queue, job, from, this.sendQueue, this.sendQueue.closed)
      .catch((error: unknown) => {
        if (this.sendQueue.closed.aborted) return;
        log.error({ job: jobTag(job), error: (error as Error).message }, 'following a job failed');
        this.#socket.close(1011, 'the job could not be read');
      })
      .finally(() => this.#streams.delete(stream));
  }

  #checkStream(job: JobId): void {
    const other = this.#streams.get(streamOf(job));
    if (other !== undefined && other !== job) {
      const sentence = 'Another job at this socket begins with the same 32 bits: choose another id.';
      throw new ApiError(409, 'JobConflictError', sentence, { at: 'job' });
    }
  }

  async #refuse(error: unknown, job: JobId | undefined): Promise<void> {
    if (this.sendQueue.closed.aborted) return;
    // The client reconnects, perhaps to another server, and resumes there.
    if (error instanceof QueueUnavailableError) return this.#socket.close(1013, 'the queue is away');
    const known = toApiError(error);
    if (!known) this.#service.log.error({ error: (error as Error).message }, 'handling a message failed');
    await this.sendQueue.send({
      t: 'error',
      error: known
        ? { name: known.name, message: known.message }
        : { name: 'ServerError', message: 'The server met an error of its own.' },
      ...(job === undefined ? {} : { job }),
      ...(known?.at === undefined ? {} : { at: known.at }),
      ...(known?.retryAfterMs === undefined ? {} : { retryAfterMs: Math.ceil(known.retryAfterMs) }),
    });
    if (known?.status === 401) this.#socket.close(CLOSE.auth, 'a fresh ticket is wanted');
    const isBad = known?.status === 400 || known?.name === 'RateLimitError';
    if (isBad && ++this.#badMessages >= MAX_BAD_MESSAGES) this.#socket.close(1008, 'too many bad messages');
  }
}
