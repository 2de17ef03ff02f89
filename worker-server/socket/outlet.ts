import type { WebSocket } from 'ws';
import type { ServerMessage } from '#lib/protocol/messages.ts';

/** Bytes that may wait in one socket; more would only fill our memory, not their wire. */
const MOST_WAITING_BYTES = 1 << 20;

/** The way out of a socket. Sending waits while the other side is slow to read: this is the brake. */
export class Outlet {
  #socket: WebSocket;
  #closed = new AbortController();
  #moved = Promise.withResolvers<void>();
  #movedAt = performance.now();
  #sentBytes = 0;

  constructor(socket: WebSocket) {
    this.#socket = socket;
    socket.on('close', () => {
      this.#closed.abort();
      this.#wake();
    });
  }

  /** Aborted when the socket is closed. */
  get closed(): AbortSignal {
    return this.#closed.signal;
  }

  /** When bytes last left, by `performance.now()`. */
  get movedAt(): number {
    return this.#movedAt;
  }

  get sentBytes(): number {
    return this.#sentBytes;
  }

  get waitingBytes(): number {
    return this.#socket.bufferedAmount;
  }

  /** @throws The signal's reason, also when the socket is closed. */
  async send(message: ServerMessage | Uint8Array, signal: AbortSignal = this.closed): Promise<void> {
    while (this.waitingBytes > MOST_WAITING_BYTES) {
      signal.throwIfAborted();
      await this.#moved.promise;
    }
    signal.throwIfAborted();
    this.closed.throwIfAborted();
    if (this.waitingBytes === 0) this.#movedAt = performance.now();
    const data = message instanceof Uint8Array ? message : JSON.stringify(message);
    this.#sentBytes += data.length;
    this.#socket.send(data, { compress: false }, () => {
      this.#movedAt = performance.now();
      this.#wake();
    });
  }

  #wake(): void {
    this.#moved.resolve();
    this.#moved = Promise.withResolvers();
  }
}
