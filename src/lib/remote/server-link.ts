import type { AudioFrame } from '#lib/protocol/audio-frame.ts';
import type { ServerMessage } from '#lib/protocol/messages.ts';
import { LinkSocket } from './link-socket.ts';
import type { LinkedJob } from './linked-job.ts';

/** How patient a link is, milliseconds. */
export interface LinkTimes {
  /** Between two questions whether the server still lives, while a job does. */
  heartbeat: number;
  /** For the answer to such a question. */
  answer: number;
  /** For the answer when there is reason to doubt: the page woke up, or the network changed. */
  doubt: number;
  /** Longest wait before the first and before any later try to connect again; in between it doubles. */
  firstRetry: number;
  longestRetry: number;
  /** A socket that no job needs is closed after this time. */
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

/** How a link stands: `idle` without a job, `down` while it tries to connect. */
export type LinkState = 'idle' | 'down' | 'up';

/**
 * The line to one server, over which any number of jobs are followed. As long as one lives it is connected again
 * whenever it breaks, after a random part of 30 ms, 60 ms … 5 s (full jitter), without end.
 */
export class ServerLink {
  readonly origin: string;
  readonly token: string | null;
  readonly #times: LinkTimes;
  #jobs = new Map<string, LinkedJob>();
  #socket: LinkSocket | null = null;
  #isUp = false;
  #tries = 0;
  #retry: ReturnType<typeof setTimeout> | undefined;
  #idle: ReturnType<typeof setTimeout> | undefined;
  #beat: ReturnType<typeof setInterval> | undefined;

  constructor(origin: string, token: string | null = null, times: Partial<LinkTimes> = {}) {
    this.origin = origin;
    this.token = token;
    this.#times = { ...TIMES, ...times };
  }

  get state(): LinkState {
    if (this.#jobs.size === 0) return 'idle';
    return this.#isUp ? 'up' : 'down';
  }

  /** Takes a job on the line until it ends: it submits or attaches itself as soon as there is a connection. */
  add(job: LinkedJob): void {
    this.#jobs.set(job.id, job);
    clearTimeout(this.#idle);
    this.#beat ??= setInterval(() => this.#socket?.check(this.#times.answer), this.#times.heartbeat);
    if (this.#isUp) job.begin();
    else if (!this.#socket) this.#connect();
  }

  /** Takes a job off the line; the server goes on with it. */
  remove(job: LinkedJob): void {
    if (!this.#jobs.delete(job.id) || this.#jobs.size > 0) return;
    this.#idle = setTimeout(() => this.close(), this.#times.idle);
    clearInterval(this.#beat);
    this.#beat = undefined;
  }

  /** There is reason to doubt the connection, or to hope for one: the page woke up, or the network came back. */
  hint(): void {
    if (this.#jobs.size === 0) return;
    if (this.#isUp) this.#socket?.check(this.#times.doubt);
    else if (!this.#socket) this.#connect();
  }

  /** The connection, for jobs; null while there is none. */
  get socket(): LinkSocket | null {
    return this.#isUp ? this.#socket : null;
  }

  /** Gives the connection up and makes another: what came over it does not fit. */
  renew(): void {
    this.#tries++;
    this.#socket?.end();
  }

  /** Ends the connection. Jobs that are still on it are let go; the server goes on with them. */
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
        this.#isUp = true;
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
    // The close that follows says it too, and ends all jobs.
    if (error.name === 'TicketError') return;
    if (error.name === 'VersionError') return this.#socket?.end(new TypeError(error.message));
    // A message that could not even be read names no job: it can only be the one that was just handed in.
    const job = message.job
      ? this.#jobs.get(message.job)
      : [...this.#jobs.values()].find(({ isAccepted }) => !isAccepted);
    job?.refuse(error, retryAfterMs);
  }

  #receiveFrame(frame: AudioFrame): void {
    this.#tries = 0;
    for (const job of this.#jobs.values()) if (job.stream === frame.stream) return job.receiveFrame(frame);
  }

  /** The server stops and will be there again: until then its jobs wait. */
  #leaveFor(milliseconds: number): void {
    this.#socket?.end();
    if (this.#jobs.size > 0) this.#connectIn(milliseconds);
  }

  #lost(refusal: Error | null): void {
    this.#socket = null;
    const wasUp = this.#isUp;
    this.#isUp = false;
    if (refusal) for (const job of this.#jobs.values()) job.fail(refusal);
    if (this.#jobs.size === 0) return;
    if (wasUp) for (const job of this.#jobs.values()) job.lost();
    const { firstRetry, longestRetry } = this.#times;
    this.#connectIn(Math.random() * Math.min(longestRetry, firstRetry * 2 ** this.#tries++));
  }

  #connectIn(milliseconds: number): void {
    clearTimeout(this.#retry);
    this.#retry = setTimeout(() => this.#connect(), milliseconds);
  }
}
