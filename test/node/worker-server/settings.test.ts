import { expect, test } from 'vitest';
import { isLoopback, readSettings, settingsHelp, type Settings } from '../../../worker-server/settings.ts';

const read = (variables: Record<string, string>, args: string[] = []) =>
  readSettings(args, variables) as Settings;

test('by default the server is only reachable locally and requires no token', () => {
  expect(read({})).toMatchObject({
    ...{ HOST: '127.0.0.1', PORT: 3000, ENGINE: 'auto', TOKEN: '', QUEUE_LIMIT: 500, LOG_LEVEL: 'info' },
    ...{ ALLOWED_ORIGINS: [], CONNECT_ORIGINS: [] },
  });
});

test('settings are read from the environment', () => {
  const settings = read({
    ...{ HOST: '0.0.0.0', PORT: '8080', DATA_DIR: '/srv/sound', TOKEN: 'a-secret-of-24-characters' },
    ...{ ALLOWED_ORIGINS: 'https://a.example, http://localhost:5173', QUEUE_LIMIT: '7' },
  });
  expect(settings).toMatchObject({
    ...{ HOST: '0.0.0.0', PORT: 8080, DATA_DIR: '/srv/sound', TOKEN: 'a-secret-of-24-characters' },
    ...{ ALLOWED_ORIGINS: ['https://a.example', 'http://localhost:5173'], QUEUE_LIMIT: 7 },
  });
});

test('a flag overrides the variable of the same name', () => {
  const settings = read({ PORT: '8080', DATA_DIR: '/a' }, ['--port', '3001', '--data-dir=/b']);
  expect(settings).toMatchObject({ PORT: 3001, DATA_DIR: '/b' });
});

test('trusted proxies are matched by network', () => {
  const { TRUSTED_PROXIES: proxies } = read({ TRUSTED_PROXIES: '10.0.0.0/8 2001:db8::/32 192.0.2.1' });
  expect(proxies.check('10.1.2.3')).toBe(true);
  expect(proxies.check('2001:db8::7', 'ipv6')).toBe(true);
  expect(proxies.check('192.0.2.2')).toBe(false);
});

test.each(['', 'abc', '-1', '80.5', '65536', '0x50'])('the port "%s" is refused', (PORT) => {
  expect(() => read({ PORT })).toThrow(new TypeError('PORT must be a whole number from 0 to 65535.'));
});

test.each([
  [{ HOST: '' }, 'HOST must name an address, such as 127.0.0.1 or 0.0.0.0.'],
  [{ TOKEN: 'short' }, 'TOKEN must have 16 to 256 characters and no spaces.'],
  [{ TOKEN: 'with a space, but long enough' }, 'TOKEN must have 16 to 256 characters and no spaces.'],
  [{ LOG_LEVEL: 'loud' }, 'LOG_LEVEL must be debug, info, warn, error or silent.'],
  [{ REDIS_URL: 'localhost:6379' }, 'REDIS_URL must be an address such as "redis://localhost:6379".'],
  [{ WORKER_PORT: 'http' }, 'WORKER_PORT must be a whole number from 0 to 65535.'],
  [{ QUEUE_LIMIT: '0' }, 'QUEUE_LIMIT must be a whole number from 1 to 100000.'],
])('%j is refused with a message', (variables, sentence) => {
  expect(() => read(variables as Record<string, string>)).toThrow(new TypeError(sentence));
});

test.each([
  '*',
  'https://a.example/',
  'a.example',
  'ftp://a.example',
  'https://a.example https://*.b.example/x',
])('ALLOWED_ORIGINS accepts only origins, not "%s"', (ALLOWED_ORIGINS) => {
  expect(() => read({ ALLOWED_ORIGINS })).toThrow(/^ALLOWED_ORIGINS must be a list of origins/);
});

test.each(['10.0.0.0/33', '10.0.0', 'localhost', '::/129', '10.0.0.0/8/8', '10.0.0.0/-1'])(
  'TRUSTED_PROXIES accepts only addresses and networks, not "%s"',
  (TRUSTED_PROXIES) => {
    expect(() => read({ TRUSTED_PROXIES })).toThrow(/^TRUSTED_PROXIES must be a list/);
  },
);

test.each([[['--prot', '3']], [['--port']], [['3000']]])('the flags %j are refused', (args) => {
  expect(() => read({}, args)).toThrow(/--help lists the flags\.$/);
});

test('--help lists every setting as a flag and as a variable', () => {
  expect(readSettings(['--help'], {})).toBe('help');
  const settings = Object.keys(read({}));
  expect(settings.length).toBeGreaterThan(15);
  for (const name of settings) {
    expect(settingsHelp()).toContain(` ${name} `);
    expect(settingsHelp()).toContain(` --${name.toLowerCase().replaceAll('_', '-')} `);
  }
});

test('a program may have defaults of its own, which flags and variables come before', () => {
  const defaults = { DATA_DIR: '/home/own' };
  const folder = (args: string[], variables: Record<string, string>) =>
    (readSettings(args, variables, defaults) as Settings).DATA_DIR;
  expect(folder([], {})).toBe('/home/own');
  expect(folder([], { DATA_DIR: '/var/data' })).toBe('/var/data');
  expect(folder(['--data-dir', '/flag'], { DATA_DIR: '/var/data' })).toBe('/flag');
  expect(settingsHelp('own serve', defaults)).toMatch(/Usage: own serve [^]* \(\/home\/own\)/);
});

test.each([
  ['127.0.0.1', true],
  ['127.8.9.10', true],
  ['::1', true],
  ['localhost', true],
  ['0.0.0.0', false],
  ['::', false],
  ['192.168.1.5', false],
  ['127.0.0.1.example.org', false],
])('isLoopback(%s) is %s', (host, expected) => {
  expect(isLoopback(host)).toBe(expected);
});
