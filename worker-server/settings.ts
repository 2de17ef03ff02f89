import { BlockList, isIP } from 'node:net';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import * as v from 'valibot';

const whole = (name: string, least: number, most: number) => {
  const sentence = `${name} must be a whole number from ${least} to ${most}.`;
  return v.pipe(
    v.string(),
    v.regex(/^\d{1,15}$/, sentence),
    v.transform(Number),
    v.minValue(least, sentence),
    v.maxValue(most, sentence),
  );
};
const words = v.pipe(
  v.string(),
  v.transform((text) => text.split(/[\s,]+/).filter(Boolean)),
);
const origins = (name: string) =>
  v.pipe(
    words,
    v.everyItem(
      isOrigin,
      `${name} must be a list of origins such as "https://app.example.org", without paths or stars.`,
    ),
  );

/** Every setting: an environment variable, and a flag of the same name (`DATA_DIR` is `--data-dir`). */
const SETTINGS = {
  HOST: setting(
    'address to listen at; 0.0.0.0 lets other machines in',
    v.pipe(v.string(), v.nonEmpty('HOST must name an address, such as 127.0.0.1 or 0.0.0.0.')),
    '127.0.0.1',
  ),
  PORT: setting('port to listen at; 0 takes any free one', whole('PORT', 0, 65535), '3000'),
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
  TOKEN: setting(
    'secret that clients must show; without it only this machine may generate',
    v.pipe(
      v.string(),
      v.regex(/^([\x21-\x7e]{16,256})?$/, 'TOKEN must have 16 to 256 characters and no spaces.'),
    ),
    '',
  ),
  ALLOWED_ORIGINS: setting('other apps whose pages may use this server', origins('ALLOWED_ORIGINS'), ''),
  CONNECT_ORIGINS: setting(
    'other servers that the pages served here may connect to',
    origins('CONNECT_ORIGINS'),
    '',
  ),
  TRUSTED_PROXIES: setting(
    'addresses or networks (10.0.0.0/8) whose X-Forwarded-For and -Proto count',
    v.pipe(
      words,
      v.everyItem(isNetwork, 'TRUSTED_PROXIES must be a list of addresses or networks, such as 10.0.0.0/8.'),
      v.transform(toBlockList),
    ),
    '',
  ),
  QUEUE_LIMIT: setting('jobs that may wait', whole('QUEUE_LIMIT', 1, 100_000), '500'),
  JOBS_PER_CLIENT: setting('jobs of one address that may wait', whole('JOBS_PER_CLIENT', 1, 100_000), '3'),
  SUBMITS_PER_MINUTE: setting(
    'jobs that one address may hand in per minute',
    whole('SUBMITS_PER_MINUTE', 1, 1_000_000),
    '30',
  ),
  REQUESTS_PER_MINUTE: setting(
    'requests of one address per minute',
    whole('REQUESTS_PER_MINUTE', 1, 10_000_000),
    '600',
  ),
  SOCKETS_PER_ADDRESS: setting(
    'open sockets, and open streams, of one address',
    whole('SOCKETS_PER_ADDRESS', 1, 100_000),
    '8',
  ),
  CACHE_MEGABYTES: setting('finished audio that is kept', whole('CACHE_MEGABYTES', 1, 100_000_000), '2000'),
  KEEP_HOURS: setting('how long finished jobs are kept', whole('KEEP_HOURS', 1, 8760), '24'),
  GRACE_SECONDS: setting(
    'time for running jobs when the server stops',
    whole('GRACE_SECONDS', 0, 3600),
    '10',
  ),
  LOG_LEVEL: setting(
    'debug, info, warn, error or silent',
    v.picklist(
      ['debug', 'info', 'warn', 'error', 'silent'],
      'LOG_LEVEL must be debug, info, warn, error or silent.',
    ),
    'info',
  ),
};

/** The settings as the server uses them. */
export type Settings = { [Name in keyof typeof SETTINGS]: v.InferOutput<(typeof SETTINGS)[Name]['schema']> };

/**
 * Reads the settings: flags first, then environment variables, then what is usual.
 * @param args What stands after the program's name.
 * @throws TypeError with one sentence on what is wrong.
 */
export function readSettings(
  args: string[],
  variables: Record<string, string | undefined>,
): Settings | 'help' {
  const flags = readFlags(args);
  if (flags['help'] === true) return 'help';
  const entries = Object.entries(SETTINGS).map(([name, { schema, usual }]) => {
    const result = v.safeParse(schema, flags[toFlag(name)] ?? variables[name] ?? usual);
    if (!result.success) throw new TypeError(result.issues[0].message);
    return [name, result.output];
  });
  return Object.fromEntries(entries) as Settings;
}

/** What `--help` prints. */
export function settingsHelp(): string {
  const lines = Object.entries(SETTINGS).map(([name, { help, usual }]) => {
    const flag = `--${toFlag(name)}`.padEnd(23);
    return `  ${flag}${name.padEnd(21)}${help}${usual ? ` (${usual})` : ''}`;
  });
  return `Serves the app, and makes sound for it where it may.

Usage: npm start -- [flags], or the same as environment variables: PORT=3001 npm start

${lines.join('\n')}
  --help                                      this text
`;
}

/** True when only this machine can reach an address. */
export function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '::1' || /^127(\.\d{1,3}){3}$/.test(host);
}

function setting<Schema extends v.GenericSchema<string, unknown>>(
  help: string,
  schema: Schema,
  usual: string,
) {
  return { help, schema, usual };
}

function readFlags(args: string[]): Record<string, unknown> {
  const options = Object.fromEntries(
    Object.keys(SETTINGS).map((name) => [toFlag(name), { type: 'string' } as const]),
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

function isOrigin(text: string): boolean {
  return /^https?:/.test(text) && URL.canParse(text) && new URL(text).origin === text;
}

function isNetwork(text: string): boolean {
  const [address = '', bits, ...rest] = text.split('/');
  const family = isIP(address);
  if (family === 0 || rest.length > 0) return false;
  return bits === undefined || (/^\d{1,3}$/.test(bits) && Number(bits) <= (family === 4 ? 32 : 128));
}

function toBlockList(networks: string[]): BlockList {
  const list = new BlockList();
  for (const network of networks) {
    const [address = '', bits] = network.split('/');
    const family = isIP(address) === 4 ? 'ipv4' : 'ipv6';
    list.addSubnet(address, Number(bits ?? (family === 'ipv4' ? 32 : 128)), family);
  }
  return list;
}
