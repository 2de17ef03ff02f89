import { setTimeout as sleep } from 'node:timers/promises';
import type { WebSocket } from 'ws';
import { CLOSE } from '#lib/protocol/messages.ts';
import type { Log } from '../log.ts';
import type { Outlet } from './outlet.ts';
import type { SocketTimes } from './socket-times.ts';

/** How often the clocks of all sockets are looked at. */
const TICKS_PER_PING = 10;

/** Who is at a socket, as the clocks see him; times by `performance.now()`. */
export interface Guest {
  readonly outlet: Outlet;
  readonly openedAt: number;
  /** When anything came last, pongs included. */
  readonly heardAt: number;
  /** When the client itself said something last. */
  readonly spokeAt: number;
  readonly hasSaidHello: boolean;
  readonly isFollowing: boolean;
}

/** All open sockets: finds those that are dead, stalled or idle, and says goodbye when the server stops. */
export class SocketRoom {
  #open = new Map<WebSocket, Guest>();
  #times: SocketTimes;
  #clock: NodeJS.Timeout;
  #pingedAt = performance.now();
  #endedSentBytes = 0;

  constructor(times: SocketTimes) {
    this.#times = times;
    this.#clock = setInterval(() => this.#look(), times.ping / TICKS_PER_PING);
    this.#clock.unref();
  }

  get size(): number {
    return this.#open.size;
  }

  /** Bytes that wait in all sockets for their readers. */
  get waitingBytes(): number {
    let sum = 0;
    for (const { outlet } of this.#open.values()) sum += outlet.waitingBytes;
    return sum;
  }

  /** Bytes handed to all sockets so far. */
  get sentBytes(): number {
    let sum = this.#endedSentBytes;
    for (const { outlet } of this.#open.values()) sum += outlet.sentBytes;
    return sum;
  }

  /** Looks after a socket from now on. */
  enter(socket: WebSocket, guest: Guest, log: Log): void {
    this.#open.set(socket, guest);
    log.debug('socket opened');
    socket.on('error', (error) => log.debug({ error: error.message }, 'socket failed'));
    socket.on('close', (code) => {
      this.#open.delete(socket);
      this.#endedSentBytes += guest.outlet.sentBytes;
      log.debug({ code }, 'socket closed');
    });
  }

  /** Tells every client that the server stops, and when to come back. */
  announceEnd(afterMs: number): void {
    for (const { outlet } of this.#open.values()) {
      outlet.send({ t: 'draining', afterMs }).catch(() => undefined);
    }
  }

  /** Lets what is under way leave, then closes all. */
  async close(graceMs: number): Promise<void> {
    const deadline = performance.now() + graceMs;
    const isBusy = () =>
      [...this.#open.values()].some(({ outlet, isFollowing }) => isFollowing || outlet.waitingBytes > 0);
    while (isBusy() && performance.now() < deadline) await sleep(20);
    for (const socket of this.#open.keys()) socket.close(1001, 'the server stops');
    // A client that doesn't answer the goodbye is left behind.
    for (let tries = 0; this.#open.size > 0 && tries < 50; tries++) await sleep(20);
    for (const socket of this.#open.keys()) socket.terminate();
    clearInterval(this.#clock);
  }

  #look(): void {
    const now = performance.now();
    const { ping, stall, hello, idle } = this.#times;
    const isPingTime = now - this.#pingedAt >= ping;
    if (isPingTime) this.#pingedAt = now;
    for (const [socket, guest] of this.#open) {
      const { outlet, heardAt, spokeAt, openedAt, hasSaidHello, isFollowing } = guest;
      // Behind much that waits, a pong is long in coming: bytes that leave are a sign of life too.
      const aliveAt = Math.max(heardAt, outlet.waitingBytes > 0 ? outlet.movedAt : 0);
      const isStalled = outlet.waitingBytes > 0 && now - outlet.movedAt > stall;
      if (isStalled || now - aliveAt > 2 * ping + ping / 2) socket.terminate();
      else if (!hasSaidHello && now - openedAt > hello) socket.close(CLOSE.idle, 'no hello came');
      else if (!isFollowing && now - spokeAt > idle) socket.close(CLOSE.idle, 'nothing was said for long');
      else if (isPingTime && socket.readyState === socket.OPEN) socket.ping();
    }
  }
}
