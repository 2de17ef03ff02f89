import { setTimeout as sleep } from 'node:timers/promises';
import type { WebSocket } from 'ws';
import { CLOSE } from '#lib/protocol/messages.ts';
import type { Log } from '../log.ts';
import type { SendQueue } from './send-queue.ts';

/** The timeouts are checked so many times per ping interval. */
const CHECKS_PER_PING = 10;

/** Timeouts of a socket, milliseconds. */
export interface SocketTimeouts {
  /** Interval of pings. A client that misses two in a row is disconnected. */
  ping: number;
  /** Longest time without progress while bytes wait to be sent. */
  stall: number;
  /** Time until the client must have sent `hello`. */
  hello: number;
  /** Longest time without a message from a client that follows no job. */
  idle: number;
}

export const SOCKET_TIMEOUTS: SocketTimeouts = { ping: 20_000, stall: 30_000, hello: 10_000, idle: 600_000 };

/** What the registry needs to know of a session. Times are those of `performance.now()`. */
export interface SessionLike {
  readonly sendQueue: SendQueue;
  readonly openedAt: number;
  /** When anything was received last, pongs included. */
  readonly receivedAt: number;
  /** When a message was received last. */
  readonly messageAt: number;
  readonly hasHello: boolean;
  readonly isFollowing: boolean;
}

/** All open sockets: pings them, closes those that are gone, stalled or idle, and all of them at shutdown. */
export class SocketRegistry {
  #open = new Map<WebSocket, SessionLike>();
  #timeouts: SocketTimeouts;
  #timer: NodeJS.Timeout;
  #pingedAt = performance.now();
  #closedSentBytes = 0;

  constructor(timeouts: SocketTimeouts) {
    this.#timeouts = timeouts;
    this.#timer = setInterval(() => this.#check(), timeouts.ping / CHECKS_PER_PING);
    this.#timer.unref();
  }

  get size(): number {
    return this.#open.size;
  }

  /** Bytes that are buffered for slow readers, of all sockets. */
  get bufferedBytes(): number {
    let sum = 0;
    for (const { sendQueue } of this.#open.values()) sum += sendQueue.bufferedBytes;
    return sum;
  }

  /** Bytes sent over all sockets so far, closed ones included. */
  get sentBytes(): number {
    let sum = this.#closedSentBytes;
    for (const { sendQueue } of this.#open.values()) sum += sendQueue.sentBytes;
    return sum;
  }

  /** Registers a socket until it is closed. */
  add(socket: WebSocket, session: SessionLike, log: Log): void {
    this.#open.set(socket, session);
    log.debug('socket opened');
    socket.on('error', (error) => log.debug({ error: error.message }, 'socket failed'));
    socket.on('close', (code) => {
      this.#open.delete(socket);
      this.#closedSentBytes += session.sendQueue.sentBytes;
      log.debug({ code }, 'socket closed');
    });
  }

  /** Sends `draining` to every client. @param afterMs When to reconnect. */
  announceShutdown(afterMs: number): void {
    for (const { sendQueue } of this.#open.values()) {
      sendQueue.send({ t: 'draining', afterMs }).catch(() => undefined);
    }
  }

  /** Waits until everything is sent, at most for the grace period, then closes all sockets. */
  async close(graceMs: number): Promise<void> {
    const deadline = performance.now() + graceMs;
    const isBusy = () =>
      [...this.#open.values()].some(
        ({ sendQueue, isFollowing }) => isFollowing || sendQueue.bufferedBytes > 0,
      );
    while (isBusy() && performance.now() < deadline) await sleep(20);
    for (const socket of this.#open.keys()) socket.close(1001, 'the server stops');
    // Clients that don't answer the close frame within a second are terminated.
    for (let tries = 0; this.#open.size > 0 && tries < 50; tries++) await sleep(20);
    for (const socket of this.#open.keys()) socket.terminate();
    clearInterval(this.#timer);
  }

  #check(): void {
    const now = performance.now();
    const { ping, stall, hello, idle } = this.#timeouts;
    const isPingTime = now - this.#pingedAt >= ping;
    if (isPingTime) this.#pingedAt = now;
    for (const [socket, session] of this.#open) {
      const { sendQueue, receivedAt, messageAt, openedAt, hasHello, isFollowing } = session;
      // A pong is delayed behind buffered bytes, so bytes that are accepted count as a sign of life too.
      const aliveAt = Math.max(receivedAt, sendQueue.bufferedBytes > 0 ? sendQueue.progressAt : 0);
      const isStalled = sendQueue.bufferedBytes > 0 && now - sendQueue.progressAt > stall;
      if (isStalled || now - aliveAt > 2 * ping + ping / 2) socket.terminate();
      else if (!hasHello && now - openedAt > hello) socket.close(CLOSE.idle, 'no hello came');
      else if (!isFollowing && now - messageAt > idle) socket.close(CLOSE.idle, 'nothing was said for long');
      else if (isPingTime && socket.readyState === socket.OPEN) socket.ping();
    }
  }
}
