import type { EngineAbout } from '#lib/protocol/engine-about.ts';
import type { EnginesAnswer } from '#lib/protocol/http-answers.ts';
import { askServer } from '#lib/remote/ask-server.ts';
import { readServerAddress } from '#lib/remote/server-address.ts';
import { ServerLink } from '#lib/remote/server-link.ts';
import { toFailure, type Failure } from './failure.ts';
import { keepServerSettings, readServerSettings, type ServerSettings } from './server-settings.ts';

/** How often a server is asked again while its engines start. */
const START_MILLISECONDS = 5000;

/** State of the generation server: `none` when the app comes from a plain file host. */
export type ServerState = 'unknown' | 'asking' | 'none' | 'ready' | 'away';

/** The generation server of this device: its address, state and engines. Nothing is sent by itself. */
export class Server {
  state: ServerState = $state('unknown');
  about: EnginesAnswer | null = $state.raw(null);
  /** Why it is unreachable. */
  failure: Failure | null = $state.raw(null);
  #settings: ServerSettings = $state.raw(readServerSettings());
  #link: ServerLink | null = null;
  #asked = 0;
  #wasReady = false;

  readonly engines: readonly EngineAbout[] = $derived(this.about?.engines ?? []);
  /** The engine for sound: the chosen one, else a real one before a preview. */
  readonly generator: EngineAbout | null = $derived(
    choose(
      this.engines.filter(({ canGenerate }) => canGenerate),
      this.#settings.engine,
    ),
  );
  /** The engine for descriptions. */
  readonly describer: EngineAbout | null = $derived(
    choose(
      this.engines.filter(({ canDescribe }) => canDescribe),
      null,
    ),
  );

  get settings(): Readonly<ServerSettings> {
    return this.#settings;
  }

  /** Whether it is there but wants another token. */
  get isGuarded(): boolean {
    return this.failure?.name === 'ServerTokenError';
  }

  /** The server's origin, whether there is a server or not. */
  get origin(): string {
    return this.#settings.address ?? location.origin;
  }

  /** The host for display. */
  get host(): string {
    return new URL(this.origin).host;
  }

  /** The connection to the server; a new one after the address or the token has changed. */
  get link(): ServerLink {
    return (this.#link ??= new ServerLink(this.origin, this.#settings.token || null));
  }

  /** Asks for the engines and the queue. */
  async refresh(): Promise<void> {
    const mine = ++this.#asked;
    if (this.state !== 'ready') this.state = 'asking';
    try {
      const about = await askServer(this.origin, this.#settings.token || null);
      if (mine !== this.#asked) return;
      this.about = about;
      this.failure = null;
      this.state = about ? 'ready' : 'none';
      this.#wasReady ||= about !== null;
    } catch (error) {
      if (mine !== this.#asked) return;
      this.about = null;
      this.failure = toFailure(error);
      // Without a configured or known server this is no error: the app works without one.
      const isMissed = this.#settings.address !== null || this.#wasReady || this.isGuarded;
      this.state = isMissed ? 'away' : 'none';
    }
  }

  /** Changes the options of generation. */
  configure(
    change: Partial<Pick<ServerSettings, 'engine' | 'tracks' | 'candidates' | 'steps' | 'guidance'>>,
  ): void {
    this.#change(change);
  }

  /**
   * Moves to another server and asks it; an empty address is the origin of the app.
   * @throws TypeError with one sentence when the address is invalid.
   */
  async move(address: string, token: string): Promise<void> {
    const origin = address.trim() ? readServerAddress(address, location.origin) : null;
    this.#link?.close();
    this.#link = null;
    this.about = null;
    this.state = 'unknown';
    this.#wasReady = false;
    this.#change({ address: origin === location.origin ? null : origin, token: token.trim() });
    await this.refresh();
  }

  /** Watches for signs that the connection was lost or is back; returns a function that stops it. */
  watch(): () => void {
    const stop = new AbortController();
    const { signal } = stop;
    const hint = () => this.#link?.hint();
    document.addEventListener('visibilitychange', () => document.hidden || hint(), { signal });
    addEventListener('pageshow', hint, { signal });
    addEventListener('online', () => (hint(), void (this.state === 'away' && this.refresh())), { signal });
    const starts = setInterval(() => {
      const isStarting = this.engines.some((engine) => engine.state === 'starting');
      if (isStarting && !document.hidden) void this.refresh();
    }, START_MILLISECONDS);
    return () => {
      stop.abort();
      clearInterval(starts);
      this.#link?.close();
    };
  }

  #change(change: Partial<ServerSettings>): void {
    this.#settings = { ...this.#settings, ...change };
    keepServerSettings(this.#settings);
  }
}

function choose(engines: readonly EngineAbout[], name: string | null): EngineAbout | null {
  const weight = ({ name: own, isPreview, state }: EngineAbout) =>
    (own === name ? 4 : 0) + (state === 'ready' ? 2 : 0) + (isPreview ? 0 : 1);
  return engines.toSorted((a, b) => weight(b) - weight(a))[0] ?? null;
}
