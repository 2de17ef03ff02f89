import * as v from 'valibot';
import { unpackFrame, type AudioFrame } from '#lib/protocol/audio-frame.ts';
import { TicketAnswerSchema } from '#lib/protocol/http-answers.ts';
import {
  CLOSE,
  PROTOCOL_VERSION,
  ServerMessageSchema,
  SUBPROTOCOL,
  type ClientMessage,
  type ServerMessage,
} from '#lib/protocol/messages.ts';
import { ServerTokenError, WRONG_TOKEN } from './remote-error.ts';
import { apiUrl, socketUrl } from './server-address.ts';

const OPEN_MILLISECONDS = 10_000;

/** What a connection reports. `onEnd` is called once, as the last. */
export interface SocketEvents {
  onWelcome(): void;
  onMessage(message: ServerMessage): void;
  onFrame(frame: AudioFrame): void;
  /** @param refusal Why connecting again is pointless; null when the connection was only lost. */
  onEnd(refusal: Error | null): void;
}

/** One connection: ticket, socket, handshake and liveness check. It does not reconnect. */
export class LinkSocket {
  #events: SocketEvents;
  #socket: WebSocket | null = null;
  #isWelcome = false;
  #isEnded = false;
  #timer: ReturnType<typeof setTimeout>;
  #pings = 0;
  /** When the last message arrived, from `performance.now()`. */
  #lastReceived = 0;
  #abort = new AbortController();

  constructor(origin: string, token: string | null, events: SocketEvents) {
    this.#events = events;
    this.#timer = setTimeout(() => this.end(), OPEN_MILLISECONDS);
    void this.#open(origin, token).catch((error: unknown) =>
      this.end(error instanceof ServerTokenError ? error : null),
    );
  }

  send(message: ClientMessage): void {
    if (this.#isWelcome || message.t === 'hello') this.#socket?.send(JSON.stringify(message));
  }

  sendBytes(bytes: Uint8Array<ArrayBuffer>): void {
    this.#socket?.send(bytes);
  }

  /** Sends a ping, and ends the connection unless something arrives within the deadline. */
  check(deadlineMilliseconds: number): void {
    if (!this.#isWelcome) return;
    const asked = performance.now();
    this.send({ t: 'ping', n: this.#pings++ });
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => {
      if (this.#lastReceived < asked) this.end();
    }, deadlineMilliseconds);
  }

  /** Closes the connection for good; calls `onEnd` once. */
  end(refusal: Error | null = null): void {
    if (this.#isEnded) return;
    this.#isEnded = true;
    clearTimeout(this.#timer);
    this.#abort.abort();
    // On a connection that is half open the closing handshake takes long: it is not waited for.
    this.#socket?.close();
    this.#events.onEnd(refusal);
  }

  async #open(origin: string, token: string | null): Promise<void> {
    const { signal } = this.#abort;
    const ticket = token ? await fetchTicket(origin, token, signal) : undefined;
    if (this.#isEnded) return;
    const socket = new WebSocket(socketUrl(origin), [SUBPROTOCOL]);
    this.#socket = socket;
    socket.binaryType = 'arraybuffer';
    socket.addEventListener('open', () =>
      this.send({ t: 'hello', v: PROTOCOL_VERSION, ...(ticket ? { ticket } : {}) }),
    );
    socket.addEventListener('message', ({ data }) => this.#receive(data));
    socket.addEventListener('error', () => this.end());
    socket.addEventListener('close', ({ code, reason }) => this.end(refusalOf(code, reason)));
  }

  #receive(data: unknown): void {
    if (this.#isEnded) return;
    this.#lastReceived = performance.now();
    if (data instanceof ArrayBuffer) return this.#receiveFrame(new Uint8Array(data));
    const message = readMessage(data);
    if (message?.t === 'welcome') {
      this.#isWelcome = true;
      clearTimeout(this.#timer);
      this.#events.onWelcome();
    } else if (message) this.#events.onMessage(message);
  }

  #receiveFrame(bytes: Uint8Array): void {
    let frame;
    try {
      frame = unpackFrame(bytes);
    } catch {
      return this.end();
    }
    this.#events.onFrame(frame);
  }
}

/** Messages of a newer server that are unknown here are ignored. */
function readMessage(data: unknown): ServerMessage | null {
  try {
    const result = v.safeParse(ServerMessageSchema, JSON.parse(String(data)));
    return result.success ? result.output : null;
  } catch {
    return null;
  }
}

async function fetchTicket(origin: string, token: string, signal: AbortSignal): Promise<string> {
  const answer = await fetch(apiUrl(origin, 'tickets'), {
    method: 'POST',
    headers: { Authorization: `Bearer ${token}` },
    signal,
  });
  if (answer.status === 401 || answer.status === 403) throw new ServerTokenError(WRONG_TOKEN);
  return v.parse(TicketAnswerSchema, await answer.json()).ticket;
}

function refusalOf(code: number, reason: string): Error | null {
  if (code === CLOSE.auth) return new ServerTokenError(WRONG_TOKEN);
  if (code === CLOSE.version) {
    return new TypeError(
      `App and server don’t understand one another${reason ? ` (${reason})` : ''}: reload the app, or update the server.`,
    );
  }
  return null;
}
