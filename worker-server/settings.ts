import { BlockList, isIP } from 'node:net';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import * as v from 'valibot';
import { AUDIOLDM2_SETTINGS } from './engines/audioldm2-settings.ts';
import { readSetting, setting, type Setting } from './setting.ts';

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

const onOrOff = (name: string) => v.picklist(['on', 'off'], `${name} must be on or off.`);

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
  ...AUDIOLDM2_SETTINGS,
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
  REDIS_URL: setting(
    'Redis shared with other servers and with workers (npm run worker), which then make the sound',
    v.pipe(
      v.string(),
      v.check(
        (text) => text === '' || isRedis(text),
        'REDIS_URL must be an address such as "redis://localhost:6379".',
      ),
    ),
    '',
  ),
  WORKER_PORT: setting('port of a worker for its /healthz; 0 is none', whole('WORKER_PORT', 0, 65535), '0'),
  CACHE_MEGABYTES: setting('finished audio that is kept', whole('CACHE_MEGABYTES', 1, 100_000_000), '2000'),
  KEEP_HOURS: setting('how long finished jobs are kept', whole('KEEP_HOURS', 1, 8760), '24'),
  GRACE_SECONDS: setting(
    'time for running jobs when the server stops',
    whole('GRACE_SECONDS', 0, 3600),
    '10',
  ),
  PUBLIC: setting(
    'on (or the flag --public) opens the app to the internet through an installed tunnel',
    onOrOff('PUBLIC'),
    'off',
  ),
  PUBLIC_URL: setting(
    'address under which others reach this server, for links; without it the one they called',
    v.pipe(
      v.string(),
      v.check(
        (text) => text === '' || isOrigin(text),
        'PUBLIC_URL must be an origin such as "https://sound.example.org", without a path.',
      ),
    ),
    '',
  ),
  SHARES: setting('on or off: whether results can be published as links', onOrOff('SHARES'), 'on'),
  SHARE_MAX_BYTES: setting('size of one published file', whole('SHARE_MAX_BYTES', 1, 5e9), '200000000'),
  SHARE_TOTAL_BYTES: setting(
    'size of all published files',
    whole('SHARE_TOTAL_BYTES', 1, 1e15 - 1),
    '20000000000',
  ),
  SHARE_DAY_BYTES: setting(
    'what one address may publish in a day',
    whole('SHARE_DAY_BYTES', 1, 1e15 - 1),
    '1000000000',
  ),
  SHARE_DAYS: setting('days that a link may live at most', whole('SHARE_DAYS', 1, 365), '90'),
  SHARE_CONTACT: setting(
    'mail address to which links can be reported',
    v.pipe(
      v.string(),
      v.regex(
        /^([^\s@<>"&?]+@[^\s@<>"&?]+)?$/,
        'SHARE_CONTACT must be a mail address, such as abuse@example.org.',
      ),
    ),
    '',
  ),
  S3_ENDPOINT: setting(
    'keeps published files in a store that speaks S3, instead of DATA_DIR',
    v.pipe(
      v.string(),
      v.check(
        (text) => text === '' || isOrigin(text),
        'S3_ENDPOINT must be an origin such as "https://s3.example.org", without a path.',
      ),
    ),
    '',
  ),
  S3_BUCKET: setting(
    'bucket in that store',
    v.pipe(v.string(), v.regex(/^[a-z0-9.-]{3,63}$/, 'S3_BUCKET must be the name of a bucket.')),
    'immersivaudio',
  ),
  S3_REGION: setting(
    'region of that store',
    v.pipe(v.string(), v.regex(/^[a-z0-9-]{1,40}$/, 'S3_REGION must be the name of a region.')),
    'us-east-1',
  ),
  S3_ACCESS_KEY_ID: setting('who we are there', v.string(), ''),
  S3_SECRET_ACCESS_KEY: setting('and the secret for it; better as a variable than as a flag', v.string(), ''),
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
  const entries = Object.entries(SETTINGS).map(
    ([name, row]: [string, Setting<v.GenericSchema<string, unknown>>]) => {
      const flag = flags[toFlag(name)];
      return [
        name,
        readSetting(row, flag === true ? 'on' : ((flag as string | undefined) ?? variables[name])),
      ];
    },
  );
  return Object.fromEntries(entries) as Settings;
}

/** What `--help` prints. */
export function settingsHelp(): string {
  const lines = Object.entries(SETTINGS).map(([name, { help, usual }]) => {
    const flag = `--${toFlag(name)}`.padEnd(25);
    return `  ${flag}${name.padEnd(22)}${help}${usual ? ` (${usual})` : ''}`;
  });
  return `Serves the app, and makes sound for it where it may.

Usage: npm start -- [flags], or the same as environment variables: PORT=3001 npm start

${lines.join('\n')}
  --help                                         this text
`;
}

/** True when only this machine can reach an address. */
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

function isOrigin(text: string): boolean {
  return /^https?:/.test(text) && URL.canParse(text) && new URL(text).origin === text;
}

function isRedis(text: string): boolean {
  return /^rediss?:\/\//.test(text) && URL.canParse(text) && new URL(text).hostname !== '';
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
