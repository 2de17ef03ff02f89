import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { AUDIOLDM2_SETTINGS } from './engines/audioldm2-settings.ts';
import type { Engine } from './engines/engine.ts';
import type { Log } from './log.ts';
import type { Settings } from './settings.ts';

/** What engines are created from. */
export interface EngineDependencies {
  settings: Settings;
  log: Log;
}

interface Row {
  create: (dependencies: EngineDependencies) => Promise<Engine>;
  /** Whether this machine meets its requirements; `ENGINE=auto` chooses the first engine that can run. */
  canRun: (settings: Settings) => Promise<boolean>;
}

/** All engines, best first. */
const ENGINES: Record<string, Row> = {
  audioldm2: {
    create: async ({ settings, log }) => {
      const { AudioLdm2Engine } = await import('./engines/audioldm2.ts');
      const { readAudioLdm2Options } = await import('./engines/audioldm2-options.ts');
      const own = Object.keys(AUDIOLDM2_SETTINGS) as (keyof typeof AUDIOLDM2_SETTINGS)[];
      const variables = { ...process.env, ...Object.fromEntries(own.map((name) => [name, settings[name]])) };
      const options = readAudioLdm2Options(variables, ({ level, message, ...details }) =>
        log[level](details, message),
      );
      return new AudioLdm2Engine(options);
    },
    canRun: async ({ UV }) => (await succeeds(UV, '--version')) && (await hasGpu()),
  },
  synth: {
    create: async () => new (await import('./engines/synth.ts')).SynthEngine(),
    canRun: () => Promise.resolve(true),
  },
};

/**
 * Creates the engines of the settings.
 * @throws TypeError when ENGINE is unknown.
 */
export async function chooseEngines(dependencies: EngineDependencies): Promise<Engine[]> {
  const requested = dependencies.settings.ENGINE;
  const named = requested === 'auto' ? await firstThatCanRun(dependencies.settings) : ENGINES[requested];
  if (!named) {
    throw new TypeError(
      `ENGINE must be auto or one of ${Object.keys(ENGINES).join(', ')}, not "${requested}".`,
    );
  }
  return [await named.create(dependencies)];
}

async function firstThatCanRun(settings: Settings): Promise<Row | undefined> {
  for (const row of Object.values(ENGINES)) if (await row.canRun(settings)) return row;
  return undefined;
}

/** True with an NVIDIA GPU or an Apple processor, all of which include a GPU. */
function hasGpu(): Promise<boolean> {
  const isApple = process.platform === 'darwin' && process.arch === 'arm64';
  return isApple ? Promise.resolve(true) : succeeds('nvidia-smi', '-L');
}

/** True when a program can be started and exits with 0, such as `uv --version`. */
async function succeeds(program: string, ...args: string[]): Promise<boolean> {
  return promisify(execFile)(program, args, { timeout: 10_000 }).then(
    () => true,
    () => false,
  );
}
