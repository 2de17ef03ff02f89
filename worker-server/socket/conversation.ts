import { createHash } from 'node:crypto';
import type { RawData, WebSocket } from 'ws';
import { streamOf } from '#lib/protocol/audio-frame.ts';
import { MOST_STILL_BYTES, type JobId } from '#lib/protocol/job-request.ts';
import { CLOSE, PROTOCOL_VERSION, type ClientMessage } from '#lib/protocol/messages.ts';
import { jobTag } from '../access/secrets.ts';
import { ApiError, toApiError } from '../api-error.ts';
import { QueueUnavailableError, type JobRequest } from '../jobs/job-queue.ts';
import type { Service } from '../service.ts';
import { toPlainStill } from '../still-check.ts';
import { followJob, type Place } from './follow-job.ts';
import { Outlet } from './outlet.ts';
import type { Guest } from './socket-room.ts';
import { BadMessageError, readMessage } from './read-message.ts';

/** The bad message that is one too many. */
const MOST_BAD_MESSAGES = 6;
/** Messages that may wait to be handled before the socket is no longer read. */
const MOST_WAITING_MESSAGES = 4;

/** One client at one socket: reads what it says, one message after the other, and follows its jobs. */
export class Conversation implements Guest {
  readonly outlet: Outlet;
  readonly openedAt = performance.now();
  #socket: WebSocket;
  #service: Service;
  #client: string;
  #key: string;
  #heardAt = this.openedAt;
  #spokeAt = this.openedAt;
  #hasSaidHello = false;
  #badMessages = 0;
  #inbox: { data: Buffer; isBinary: boolean }[] = [];
  #isWorking = false;
  #describing: Extract<ClientMessage, { t: 'describe' }> | null = null;
  #streams = new Map<number, JobId>();

  /** @param client Whose limits and whose share of the queue count. @param key Tells this socket from all others. */
  constructor(socket: WebSocket, service: Service, client: string, key: string) {
    this.#socket = socket;
    this.#service = service;
    this.#client = client;
    this.#key = key;
    this.outlet = new Outlet(socket);
    socket.on('message', (data, isBinary) => this.#hear(data, isBinary));
    socket.on('pong', () => (this.#heardAt = performance.now()));
  }

  get hasSaidHello(): boolean {
    return this.#hasSaidHello;
  }

  get heardAt(): number {
    return this.#heardAt;
  }

  get spokeAt(): number {
    return this.#spokeAt;
  }

  get isFollowing(): boolean {
    return this.#streams.size > 0;
  }

  #hear(data: RawData, isBinary: boolean): void {
    this.#heardAt = this.#spokeAt = performance.now();
    this.#inbox.push({ data: data as Buffer, isBinary });
    if (this.#inbox.length > MOST_WAITING_MESSAGES) this.#socket.pause();
    if (!this.#isWorking) void this.#work();
  }

  async #work(): Promise<void> {
    this.#isWorking = true;
    for (let next = this.#inbox.shift(); next; next = this.#inbox.shift()) {
      if (this.outlet.closed.aborted) break;
      await this.#answer(next.data, next.isBinary);
      if (this.#socket.isPaused && this.#inbox.length === 0) this.#socket.resume();
    }
    this.#isWorking = false;
  }

  async #answer(data: Buffer, isBinary: boolean): Promise<void> {
    let job: JobId | undefined;
    try {
      await this.#service.rateLimits.count('messages', this.#key);
      if (isBinary) {
        job = this.#describing?.job;
        return await this.#hearStill(data);
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
    if (!this.#hasSaidHello) throw new ApiError(400, 'MessageError', 'Say hello first.', { at: 't' });
    const { queue } = this.#service;
    switch (message.t) {
      case 'ping':
        return this.outlet.send({ t: 'pong', n: message.n });
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
    const mayEnter = this.#hasSaidHello || settings.TOKEN === '' || (await tickets.redeem(ticket ?? ''));
    if (!mayEnter) {
      throw new ApiError(401, 'TicketError', 'A fresh ticket from POST /api/v1/tickets was wanted.', {
        at: 'ticket',
      });
    }
    this.#hasSaidHello = true;
    await this.outlet.send({
      t: 'welcome',
      v: PROTOCOL_VERSION,
      engines: queue.engines(),
      limits: { messageBytes: 1 << 20, stillBytes: MOST_STILL_BYTES, seconds: 300, candidates: 4 },
    });
  }

  async #hearStill(data: Buffer): Promise<void> {
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

  /** A job that is followed already at this socket goes on as it does: no second stream begins. */
  async #follow(job: JobId, place: Place): Promise<void> {
    const { queue, log } = this.#service;
    await queue.state(job);
    this.#checkStream(job);
    const stream = streamOf(job);
    if (this.#streams.has(stream)) return;
    this.#streams.set(stream, job);
    followJob(queue, job, place, this.outlet, this.outlet.closed)
      .catch((error: unknown) => {
        if (this.outlet.closed.aborted) return;
        log.error({ job: jobTag(job), error: (error as Error).message }, 'a job could not be followed');
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
    if (this.outlet.closed.aborted) return;
    // Behind another socket, perhaps of another server, the client goes on where it was.
    if (error instanceof QueueUnavailableError) return this.#socket.close(1013, 'the queue is away');
    const known = toApiError(error);
    if (!known)
      this.#service.log.error({ error: (error as Error).message }, 'a message could not be handled');
    await this.outlet.send({
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
    if (isBad && ++this.#badMessages >= MOST_BAD_MESSAGES) this.#socket.close(1008, 'too many bad messages');
  }
}
