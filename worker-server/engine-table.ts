import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { AUDIOLDM2_SETTINGS } from './engines/audioldm2-settings.ts';
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
  canRun: (settings: Settings) => Promise<boolean>;
}

/** Every engine in a line, the better before the worse. */
const ENGINES: Record<string, Row> = {
  audioldm2: {
    make: async ({ settings, log }) => {
      const { AudioLdm2Engine } = await import('./engines/audioldm2.ts');
      const { readAudioLdm2Options } = await import('./engines/audioldm2-options.ts');
      const own = Object.keys(AUDIOLDM2_SETTINGS) as (keyof typeof AUDIOLDM2_SETTINGS)[];
      const variables = { ...process.env, ...Object.fromEntries(own.map((name) => [name, settings[name]])) };
      const options = readAudioLdm2Options(variables, ({ level, message, ...details }) =>
        log[level](details, message),
      );
      return new AudioLdm2Engine(options);
    },
    canRun: async ({ UV }) => (await runsWell(UV, '--version')) && (await hasGpu()),
  },
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
  const named = wanted === 'auto' ? await firstThatRuns(surroundings.settings) : ENGINES[wanted];
  if (!named) {
    throw new TypeError(`ENGINE must be auto or one of ${Object.keys(ENGINES).join(', ')}, not "${wanted}".`);
  }
  return [await named.make(surroundings)];
}

async function firstThatRuns(settings: Settings): Promise<Row | undefined> {
  for (const row of Object.values(ENGINES)) if (await row.canRun(settings)) return row;
  return undefined;
}

/** An NVIDIA card, or the one that is part of each Apple processor. */
function hasGpu(): Promise<boolean> {
  const isApple = process.platform === 'darwin' && process.arch === 'arm64';
  return isApple ? Promise.resolve(true) : runsWell('nvidia-smi', '-L');
}

/** True when a program can be started and ends well, such as `uv --version`. */
async function runsWell(program: string, ...args: string[]): Promise<boolean> {
  return promisify(execFile)(program, args, { timeout: 10_000 }).then(
    () => true,
    () => false,
  );
}
