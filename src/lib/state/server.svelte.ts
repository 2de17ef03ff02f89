import type { EngineAbout } from '#lib/protocol/engine-about.ts';
import type { EnginesAnswer } from '#lib/protocol/http-answers.ts';
import { askServer } from '#lib/remote/ask-server.ts';
import { readServerAddress } from '#lib/remote/server-address.ts';
import { ServerLink } from '#lib/remote/server-link.ts';
import { toFailure, type Failure } from './failure.ts';
import { keepServerSettings, readServerSettings, type ServerSettings } from './server-settings.ts';

/** How often a server is asked whether its engines are ready, while they start. */
const START_MILLISECONDS = 5000;

/** Whether there is a generation server: `none` when the app comes from a plain host of files. */
export type ServerState = 'unknown' | 'asking' | 'none' | 'ready' | 'away';

/** The generation server of this device: where it is, whether it answers, what it can do. Nothing is sent by itself. */
export class Server {
  state: ServerState = $state('unknown');
  about: EnginesAnswer | null = $state.raw(null);
  /** Why it is away, in words for the user. */
  failure: Failure | null = $state.raw(null);
  #settings: ServerSettings = $state.raw(readServerSettings());
  #link: ServerLink | null = null;
  #asked = 0;
  #wasReady = false;

  readonly engines: readonly EngineAbout[] = $derived(this.about?.engines ?? []);
  /** The engine that makes sound: the chosen one, else a real one before one that stands in. */
  readonly generator: EngineAbout | null = $derived(
    choose(
      this.engines.filter(({ canGenerate }) => canGenerate),
      this.#settings.engine,
    ),
  );
  /** The engine that describes pictures. */
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

  /** Where the server is, or would be. */
  get origin(): string {
    return this.#settings.address ?? location.origin;
  }

  /** The host as people name it. */
  get host(): string {
    return new URL(this.origin).host;
  }

  /** The line to the server; the same until the address or the token is another. */
  get link(): ServerLink {
    return (this.#link ??= new ServerLink(this.origin, this.#settings.token || null));
  }

  /** Asks what the server can do and how long its queue is. */
  async look(): Promise<void> {
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
      // Where nobody set a server up and none was seen, there is nothing to speak of: the app works without.
      const isMissed = this.#settings.address !== null || this.#wasReady || this.isGuarded;
      this.state = isMissed ? 'away' : 'none';
    }
  }

  /** Changes how sound is asked for. */
  wish(
    change: Partial<Pick<ServerSettings, 'engine' | 'tracks' | 'candidates' | 'steps' | 'guidance'>>,
  ): void {
    this.#change(change);
  }

  /**
   * Goes to another server and asks it; an empty address is the one that the app comes from.
   * @throws TypeError with one sentence when the address is none.
   */
  async move(address: string, token: string): Promise<void> {
    const origin = address.trim() ? readServerAddress(address, location.origin) : null;
    this.#link?.close();
    this.#link = null;
    this.about = null;
    this.state = 'unknown';
    this.#wasReady = false;
    this.#change({ address: origin === location.origin ? null : origin, token: token.trim() });
    await this.look();
  }

  /** Watches for signs that the line may be broken or whole again; gives the end of it. */
  watch(): () => void {
    const stop = new AbortController();
    const { signal } = stop;
    const hint = () => this.#link?.hint();
    document.addEventListener('visibilitychange', () => document.hidden || hint(), { signal });
    addEventListener('pageshow', hint, { signal });
    addEventListener('online', () => (hint(), void (this.state === 'away' && this.look())), { signal });
    const starts = setInterval(() => {
      const isStarting = this.engines.some((engine) => engine.state === 'starting');
      if (isStarting && !document.hidden) void this.look();
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
