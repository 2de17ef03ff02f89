import { join } from 'node:path';
import { parseArgs } from 'node:util';
import * as v from 'valibot';
import { ACCESS_SETTINGS } from './access/access-settings.ts';
import { AUDIOLDM2_SETTINGS } from './engines/audioldm2-settings.ts';
import { JOB_SETTINGS } from './jobs/job-settings.ts';
import { integer, list, onOrOff, optionalOrigin, readSetting, setting, type Setting } from './setting.ts';
import { SHARE_SETTINGS } from './shares/share-settings.ts';

/** All settings, in the order of `--help`: each is an environment variable and a flag (`DATA_DIR` is `--data-dir`). */
const SETTINGS = {
  HOST: setting(
    'address to listen at; 0.0.0.0 lets other machines in',
    v.pipe(v.string(), v.nonEmpty('HOST must name an address, such as 127.0.0.1 or 0.0.0.0.')),
    '127.0.0.1',
  ),
  PORT: setting('port to listen at; 0 takes any free one', integer('PORT', 0, 65535), '3000'),
  DATA_DIR: setting(
    'folder for the queue and finished audio',
    v.pipe(v.string(), v.nonEmpty('DATA_DIR must name a folder.')),
    join(import.meta.dirname, '../data'),
  ),
  ENGINE: setting(
    'auto, synth or audioldm2; auto takes audioldm2 where uv and a GPU are there',
    v.pipe(
      v.string(),
      v.regex(/^[a-z0-9-]+$/, 'ENGINE must be the name of an engine, such as auto or synth.'),
    ),
    'auto',
  ),
  MODELS: setting(
    'models to fetch before the start and to offer from here, such as better or best; npm run models lists them',
    list,
    '',
  ),
  ...AUDIOLDM2_SETTINGS,
  ...ACCESS_SETTINGS,
  ...JOB_SETTINGS,
  PUBLIC: setting(
    'on (or the flag --public) opens the app to the internet through an installed tunnel',
    onOrOff('PUBLIC'),
    'off',
  ),
  PUBLIC_URL: setting(
    'address under which others reach this server, for links; without it the one they called',
    optionalOrigin('PUBLIC_URL', 'https://sound.example.org'),
    '',
  ),
  ...SHARE_SETTINGS,
  LOG_LEVEL: setting(
    'debug, info, warn, error or silent',
    v.picklist(
      ['debug', 'info', 'warn', 'error', 'silent'],
      'LOG_LEVEL must be debug, info, warn, error or silent.',
    ),
    'info',
  ),
};

/** The parsed settings. */
export type Settings = { [Name in keyof typeof SETTINGS]: v.InferOutput<(typeof SETTINGS)[Name]['schema']> };

/** Default values in place of some of those in the table. */
export type SettingDefaults = Partial<Record<keyof Settings, string>>;

/**
 * Reads the settings from flags, then environment variables, then defaults.
 * @param args The arguments of the program.
 * @throws TypeError with a sentence about what is wrong.
 */
export function readSettings(
  args: string[],
  variables: Record<string, string | undefined>,
  defaults: SettingDefaults = {},
): Settings | 'help' {
  const flags = readFlags(args);
  if (flags['help'] === true) return 'help';
  const entries = Object.entries(SETTINGS).map(
    ([name, row]: [string, Setting<v.GenericSchema<string, unknown>>]) => {
      const flag = flags[toFlag(name)];
      const given = flag === true ? 'on' : ((flag as string | undefined) ?? variables[name]);
      return [name, readSetting(row, given ?? defaults[name as keyof Settings])];
    },
  );
  return Object.fromEntries(entries) as Settings;
}

/**
 * The output of `--help`.
 * @param command How the program is started; flags follow.
 */
export function settingsHelp(command = 'npm start --', defaults: SettingDefaults = {}): string {
  const lines = Object.entries(SETTINGS).map(([name, { help, defaultValue }]) => {
    const flag = `--${toFlag(name)}`.padEnd(25);
    const value = defaults[name as keyof Settings] ?? defaultValue;
    return `  ${flag}${name.padEnd(22)}${help}${value ? ` (${value})` : ''}`;
  });
  return `Serves the app, and makes sound for it where it may.

Usage: ${command} [flags], or the same as environment variables: PORT=3001 ${command}

${lines.join('\n')}
  --help                                         this text
`;
}

/** True for addresses that only this machine can reach. */
export function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '::1' || /^127(\.\d{1,3}){3}$/.test(host);
}

function readFlags(args: string[]): Record<string, unknown> {
  const options = Object.fromEntries(
    Object.keys(SETTINGS).map((name) => [
      toFlag(name),
      { type: name === 'PUBLIC' ? 'boolean' : 'string' } as const,
    ]),
  );
  try {
    return parseArgs({ args, options: { ...options, help: { type: 'boolean', short: 'h' } } }).values;
  } catch (error) {
    throw new TypeError(`${(error as Error).message.split(/[.\n]/)[0]}: --help lists the flags.`, {
      cause: error,
    });
  }
}

function toFlag(name: string): string {
  return name.toLowerCase().replaceAll('_', '-');
}
