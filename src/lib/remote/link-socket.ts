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

/** What a connection tells. `onEnd` comes once, and nothing after it. */
export interface SocketNews {
  onWelcome(): void;
  onMessage(message: ServerMessage): void;
  onFrame(frame: AudioFrame): void;
  /** @param refusal Why another try is of no use; null when the connection was only lost. */
  onEnd(refusal: Error | null): void;
}

/** One connection: ticket, socket, greeting, and whether the other side still lives. It never opens again. */
export class LinkSocket {
  #news: SocketNews;
  #socket: WebSocket | null = null;
  #isWelcome = false;
  #isEnded = false;
  #timer: ReturnType<typeof setTimeout>;
  #pings = 0;
  #lastSign = 0;
  #abort = new AbortController();

  constructor(origin: string, token: string | null, news: SocketNews) {
    this.#news = news;
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

  /** Ends the connection unless the other side gives a sign of life in time. */
  check(deadlineMilliseconds: number): void {
    if (!this.#isWelcome) return;
    const asked = performance.now();
    this.send({ t: 'ping', n: this.#pings++ });
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => {
      if (this.#lastSign < asked) this.end();
    }, deadlineMilliseconds);
  }

  /** Closes the connection for good; `onEnd` is called, once. */
  end(refusal: Error | null = null): void {
    if (this.#isEnded) return;
    this.#isEnded = true;
    clearTimeout(this.#timer);
    this.#abort.abort();
    // A connection that is only half there would take long to close: nobody waits for it.
    this.#socket?.close();
    this.#news.onEnd(refusal);
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
    this.#lastSign = performance.now();
    if (data instanceof ArrayBuffer) return this.#receiveFrame(new Uint8Array(data));
    const message = readMessage(data);
    if (message?.t === 'welcome') {
      this.#isWelcome = true;
      clearTimeout(this.#timer);
      this.#news.onWelcome();
    } else if (message) this.#news.onMessage(message);
  }

  #receiveFrame(bytes: Uint8Array): void {
    let frame;
    try {
      frame = unpackFrame(bytes);
    } catch {
      return this.end();
    }
    this.#news.onFrame(frame);
  }
}

/** Messages of a newer server that are not known here are passed over. */
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
