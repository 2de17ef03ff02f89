import type { EngineAbout } from '#lib/protocol/engine-about.ts';
import type { Scripts } from './scripts.ts';

/** A worker says so often that it lives … */
export const HEARTBEAT_MILLISECONDS = 2000;
/** … and is not counted any more after so long a silence. */
const SILENT_MILLISECONDS = 10_000;
/** An engine that nobody ran for so long is forgotten. */
const FORGOTTEN_MILLISECONDS = 24 * 3600_000;

const STATES = ['ready', 'starting', 'failed'] as const;

/** Which engines there are, and how many workers run each; as it was when it was asked for last. */
export class Roster {
  readonly #scripts: Scripts;
  #engines = new Map<string, { about: EngineAbout; workers: number }>();
  #askedAt = -Infinity;

  constructor(scripts: Scripts) {
    this.#scripts = scripts;
  }

  async refresh(): Promise<void> {
    const rows = await this.#scripts.call<[name: string, last: string, living: string[]][]>(
      'roster',
      SILENT_MILLISECONDS,
      FORGOTTEN_MILLISECONDS,
    );
    this.#engines = new Map(
      rows.map(([name, last, living]) => [name, { about: together(last, living), workers: living.length }]),
    );
    this.#askedAt = performance.now();
  }

  /** Each engine at its best: ready where one worker is ready, and waited for where there is none just now. */
  engines(): EngineAbout[] {
    const abouts = [...this.#engines.values()].map(({ about }) => about);
    if (performance.now() - this.#askedAt < SILENT_MILLISECONDS) return abouts;
    const detail = 'The queue can’t be reached just now.';
    return abouts.map((about) => ({ ...about, state: 'failed', detail }));
  }

  /** Workers with this engine, or with any. */
  workers(engine?: string): number {
    if (engine !== undefined) return this.#engines.get(engine)?.workers ?? 0;
    return [...this.#engines.values()].reduce((sum, { workers }) => sum + workers, 0);
  }
}

function together(last: string, living: readonly string[]): EngineAbout {
  const abouts = living.map((about) => JSON.parse(about) as EngineAbout);
  const best = STATES.map((state) => abouts.find((about) => about.state === state)).find(Boolean);
  if (best) return best;
  const detail = 'No worker is there just now; jobs wait for one.';
  return { ...(JSON.parse(last) as EngineAbout), state: 'starting', detail };
}
