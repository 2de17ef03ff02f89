import type { EngineAbout } from '#lib/protocol/engine-about.ts';
import type { Scripts } from './scripts.ts';

/** Interval of the heartbeats of a worker. */
export const HEARTBEAT_MILLISECONDS = 2000;
/** A worker without a heartbeat for this time counts as gone. */
const TIMEOUT_MILLISECONDS = 10_000;
/** An engine without a worker for this time is removed. */
const EXPIRY_MILLISECONDS = 24 * 3600_000;

/** From best to worst. */
const STATES = ['ready', 'starting', 'failed'] as const;

/** The engines and the number of workers of each, as of the last refresh. */
export class WorkerRegistry {
  readonly #scripts: Scripts;
  #engines = new Map<string, { about: EngineAbout; workers: number }>();
  #refreshedAt = -Infinity;

  constructor(scripts: Scripts) {
    this.#scripts = scripts;
  }

  async refresh(): Promise<void> {
    const rows = await this.#scripts.call<[name: string, last: string, running: string[]][]>(
      'list-workers',
      TIMEOUT_MILLISECONDS,
      EXPIRY_MILLISECONDS,
    );
    this.#engines = new Map(
      rows.map(([name, last, running]) => [name, { about: best(last, running), workers: running.length }]),
    );
    this.#refreshedAt = performance.now();
  }

  /** Each engine in the best state of its workers; `starting` without a worker, `failed` while Redis is unavailable. */
  engines(): EngineAbout[] {
    const abouts = [...this.#engines.values()].map(({ about }) => about);
    if (performance.now() - this.#refreshedAt < TIMEOUT_MILLISECONDS) return abouts;
    const detail = 'The queue can’t be reached just now.';
    return abouts.map((about) => ({ ...about, state: 'failed', detail }));
  }

  /** The number of workers of an engine, or of all. */
  count(engine?: string): number {
    if (engine !== undefined) return this.#engines.get(engine)?.workers ?? 0;
    return [...this.#engines.values()].reduce((sum, { workers }) => sum + workers, 0);
  }
}

/** @param last JSON of the last heartbeat. @param running JSON of the last heartbeat of each running worker. */
function best(last: string, running: readonly string[]): EngineAbout {
  const abouts = running.map((about) => JSON.parse(about) as EngineAbout);
  const found = STATES.map((state) => abouts.find((about) => about.state === state)).find(Boolean);
  if (found) return found;
  const detail = 'No worker is there just now; jobs wait for one.';
  return { ...(JSON.parse(last) as EngineAbout), state: 'starting', detail };
}
