import type { WebSocket } from 'ws';
import type { ServerMessage } from '#lib/protocol/messages.ts';

/** Bytes that may be buffered per socket. More would use memory without sending faster. */
const MAX_BUFFERED_BYTES = 1 << 20;

/** Sends messages over a socket with backpressure: `send()` waits while the client is slow to read. */
export class SendQueue {
  #socket: WebSocket;
  #closed = new AbortController();
  #progress = Promise.withResolvers<void>();
  #progressAt = performance.now();
  #sentBytes = 0;

  constructor(socket: WebSocket) {
    this.#socket = socket;
    socket.on('close', () => {
      this.#closed.abort();
      this.#notify();
    });
  }

  /** Aborted when the socket is closed. */
  get closed(): AbortSignal {
    return this.#closed.signal;
  }

  /** When bytes were last accepted by the network, by `performance.now()`. */
  get progressAt(): number {
    return this.#progressAt;
  }

  get sentBytes(): number {
    return this.#sentBytes;
  }

  /** Bytes that are buffered because the client is slow to read. */
  get bufferedBytes(): number {
    return this.#socket.bufferedAmount;
  }

  /** Resolves when the message is handed to the socket. @throws The signal's reason, or that of `closed`. */
  async send(message: ServerMessage | Uint8Array, signal: AbortSignal = this.closed): Promise<void> {
    while (this.bufferedBytes > MAX_BUFFERED_BYTES) {
      signal.throwIfAborted();
      await this.#progress.promise;
    }
    signal.throwIfAborted();
    this.closed.throwIfAborted();
    if (this.bufferedBytes === 0) this.#progressAt = performance.now();
    const data = message instanceof Uint8Array ? message : JSON.stringify(message);
    this.#sentBytes += data.length;
    this.#socket.send(data, { compress: false }, () => {
      this.#progressAt = performance.now();
      this.#notify();
    });
  }

  #notify(): void {
    this.#progress.resolve();
    this.#progress = Promise.withResolvers();
  }
}
