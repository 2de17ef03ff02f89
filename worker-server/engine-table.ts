import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import type { Engine } from './engines/engine.ts';
import type { Log } from './log.ts';
import type { Settings } from './settings.ts';

/** What engines are made from. */
export interface EngineSurroundings {
  settings: Settings;
  log: Log;
}

interface Row {
  make: (surroundings: EngineSurroundings) => Promise<Engine>;
  /** Whether this machine has what it needs; `ENGINE=auto` takes the first whose answer is yes. */
  canRun: () => Promise<boolean>;
}

/** Every engine in a line, the better before the worse. */
const ENGINES: Record<string, Row> = {
  synth: {
    make: async () => new (await import('./engines/synth.ts')).SynthEngine(),
    canRun: () => Promise.resolve(true),
  },
};

/**
 * The engines that this server runs.
 * @throws TypeError when ENGINE names none.
 */
export async function chooseEngines(surroundings: EngineSurroundings): Promise<Engine[]> {
  const wanted = surroundings.settings.ENGINE;
  const named = wanted === 'auto' ? await firstThatRuns() : ENGINES[wanted];
  if (!named) {
    throw new TypeError(`ENGINE must be auto or one of ${Object.keys(ENGINES).join(', ')}, not "${wanted}".`);
  }
  return [await named.make(surroundings)];
}

async function firstThatRuns(): Promise<Row | undefined> {
  for (const row of Object.values(ENGINES)) if (await row.canRun()) return row;
  return undefined;
}

/** True when a program can be started and ends well, such as `uv --version` or `nvidia-smi -L`. */
export async function runsWell(program: string, ...args: string[]): Promise<boolean> {
  return promisify(execFile)(program, args, { timeout: 10_000 }).then(
    () => true,
    () => false,
  );
}
