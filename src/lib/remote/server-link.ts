import type { AudioFrame } from '#lib/protocol/audio-frame.ts';
import type { ServerMessage } from '#lib/protocol/messages.ts';
import { LinkSocket } from './link-socket.ts';
import type { LinkedJob } from './linked-job.ts';

/** The timeouts of a link, milliseconds. */
export interface LinkTimes {
  /** Interval between pings while there is a job. */
  heartbeat: number;
  /** How long the answer to a ping may take. */
  answer: number;
  /** The same when the connection is doubtful: the page woke up, or the network changed. */
  doubt: number;
  /** Upper limit of the delay before the first and before any later reconnection; it doubles in between. */
  firstRetry: number;
  longestRetry: number;
  /** A socket without a job is closed after this time. */
  idle: number;
}

const TIMES: LinkTimes = {
  heartbeat: 10_000,
  answer: 5000,
  doubt: 2000,
  firstRetry: 30,
  longestRetry: 5000,
  idle: 30_000,
};

/**
 * The connection to one server, for any number of jobs. As long as there is a job it reconnects after every loss, with
 * a random delay of up to 30 ms, 60 ms … 5 s (exponential backoff with full jitter), without end.
 */
export class ServerLink {
  readonly origin: string;
  readonly token: string | null;
  readonly #times: LinkTimes;
  #jobs = new Map<string, LinkedJob>();
  #socket: LinkSocket | null = null;
  #isConnected = false;
  #tries = 0;
  #retry: ReturnType<typeof setTimeout> | undefined;
  #idle: ReturnType<typeof setTimeout> | undefined;
  #beat: ReturnType<typeof setInterval> | undefined;

  constructor(origin: string, token: string | null = null, times: Partial<LinkTimes> = {}) {
    this.origin = origin;
    this.token = token;
    this.#times = { ...TIMES, ...times };
  }

  /** Follows a job until it ends: it submits itself or attaches as soon as there is a connection. */
  add(job: LinkedJob): void {
    this.#jobs.set(job.id, job);
    clearTimeout(this.#idle);
    this.#beat ??= setInterval(() => this.#socket?.check(this.#times.answer), this.#times.heartbeat);
    if (this.#isConnected) job.begin();
    else if (!this.#socket) this.#connect();
  }

  /** Stops following a job, which goes on at the server. */
  remove(job: LinkedJob): void {
    if (!this.#jobs.delete(job.id) || this.#jobs.size > 0) return;
    this.#idle = setTimeout(() => this.close(), this.#times.idle);
    clearInterval(this.#beat);
    this.#beat = undefined;
  }

  /** The page woke up or the network changed: checks the connection, or connects at once. */
  hint(): void {
    if (this.#jobs.size === 0) return;
    if (this.#isConnected) this.#socket?.check(this.#times.doubt);
    else if (!this.#socket) this.#connect();
  }

  /** The connection, for jobs; null while there is none. */
  get socket(): LinkSocket | null {
    return this.#isConnected ? this.#socket : null;
  }

  /** Reconnects, since something wrong arrived over this connection. */
  renew(): void {
    this.#tries++;
    this.#socket?.end();
  }

  /** Ends the connection and follows no job any more; the server goes on with them. */
  close(): void {
    this.#jobs.clear();
    clearTimeout(this.#retry);
    clearTimeout(this.#idle);
    clearInterval(this.#beat);
    this.#beat = undefined;
    this.#socket?.end();
  }

  #connect(): void {
    clearTimeout(this.#retry);
    const socket = new LinkSocket(this.origin, this.token, {
      onWelcome: () => {
        this.#isConnected = true;
        for (const job of this.#jobs.values()) job.begin();
      },
      onMessage: (message) => this.#receive(message),
      onFrame: (frame) => this.#receiveFrame(frame),
      onEnd: (refusal) => this.#lost(refusal),
    });
    this.#socket = socket;
  }

  #receive(message: ServerMessage): void {
    if (message.t === 'pong' || message.t === 'welcome') return;
    if (message.t === 'draining') return this.#leaveFor(message.afterMs);
    this.#tries = 0;
    if (message.t !== 'error') return this.#jobs.get(message.job)?.receive(message);
    const { error, retryAfterMs = null } = message;
    // The server closes the connection next, which ends all jobs.
    if (error.name === 'TicketError') return;
    if (error.name === 'VersionError') return this.#socket?.end(new TypeError(error.message));
    // A message that could not be parsed names no job: it must be the one that was just submitted.
    const job = message.job
      ? this.#jobs.get(message.job)
      : [...this.#jobs.values()].find(({ isAccepted }) => !isAccepted);
    job?.refuse(error, retryAfterMs);
  }

  #receiveFrame(frame: AudioFrame): void {
    this.#tries = 0;
    for (const job of this.#jobs.values()) if (job.stream === frame.stream) return job.receiveFrame(frame);
  }

  /** The server is stopping and names when it is back: jobs wait until then. */
  #leaveFor(milliseconds: number): void {
    this.#socket?.end();
    if (this.#jobs.size > 0) this.#connectIn(milliseconds);
  }

  #lost(refusal: Error | null): void {
    this.#socket = null;
    const wasConnected = this.#isConnected;
    this.#isConnected = false;
    if (refusal) for (const job of this.#jobs.values()) job.fail(refusal);
    if (this.#jobs.size === 0) return;
    if (wasConnected) for (const job of this.#jobs.values()) job.lost();
    const { firstRetry, longestRetry } = this.#times;
    this.#connectIn(Math.random() * Math.min(longestRetry, firstRetry * 2 ** this.#tries++));
  }

  #connectIn(milliseconds: number): void {
    clearTimeout(this.#retry);
    this.#retry = setTimeout(() => this.#connect(), milliseconds);
  }
}
