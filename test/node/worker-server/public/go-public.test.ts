import { spawnSync } from 'node:child_process';
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { afterEach, expect, onTestFinished, test, vi } from 'vitest';
import { goPublic, prepareForPublic, publicMessage } from '../../../../worker-server/public/go-public.ts';
import { findTunnel, openTunnel } from '../../../../worker-server/public/open-tunnel.ts';
import { testSettings } from '../../../fixtures/server/test-settings.ts';

vi.setConfig({ testTimeout: 30_000 });
afterEach(() => vi.unstubAllEnvs());

/**
 * The output of the real programs that contains the address (cloudflared 2025 and ngrok 3 in their logs, tailscale
 * 1.80 on its standard output). The programs themselves are not run: they would open this machine to the internet.
 */
const OUTPUT: Record<string, string> = {
  cloudflared: `echo "INF Requesting new quick Tunnel on trycloudflare.com..." >&2
echo "INF +----------------------------------------------------------------+" >&2
echo "INF |  https://calm-rain-over-hills.trycloudflare.com                |" >&2`,
  ngrok: `echo 't=2026-11-21T10:00:00+0000 lvl=info msg="starting web service" obj=web addr=127.0.0.1:4040'
echo 't=2026-11-21T10:00:01+0000 lvl=info msg="started tunnel" name=command_line addr=http://127.0.0.1:3000 url=https://1a2b-3c.ngrok-free.app'`,
  tailscale: `echo "Available on the internet:"; echo; echo "https://desk.tail1234.ts.net/"; echo "|-- proxy http://127.0.0.1:3000"`,
};

/** Puts a program first on PATH. */
function install(name: string, script: string): string {
  const folder = mkdtempSync(join(tmpdir(), 'immersivaudio-tunnel-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  writeFileSync(join(folder, name), `#!/bin/sh\necho "$@" > "${folder}/args"\n${script}\n`);
  chmodSync(join(folder, name), 0o755);
  vi.stubEnv('PATH', `${folder}${delimiter}${process.env['PATH'] ?? ''}`);
  return folder;
}

test.each([
  ['cloudflared', 'https://calm-rain-over-hills.trycloudflare.com'],
  ['ngrok', 'https://1a2b-3c.ngrok-free.app'],
  ['tailscale', 'https://desk.tail1234.ts.net'],
])('%s is found on PATH, started, and its address is read from what it prints', async (name, url) => {
  const folder = install(name, `${OUTPUT[name]!}\nexec sleep 60`);
  using tunnel = await openTunnel(findTunnel(folder), 3000);
  expect(tunnel.url).toBe(url);
  const ended = tunnel.ended;
  tunnel[Symbol.dispose]();
  await expect(ended).resolves.toBeUndefined();
});

test('a public server gets a token if it has none, trusts the tunnel, and uses its address in links', async () => {
  install('cloudflared', `${OUTPUT['cloudflared']!}\nexec sleep 60`);
  const settings = testSettings();
  expect(prepareForPublic(settings)).toEqual({ isNewToken: true });
  expect(settings.TOKEN).toMatch(/^[\w-]{24}$/);
  expect(settings.TRUSTED_PROXIES.check('127.0.0.1')).toBe(true);
  using tunnel = await goPublic(settings, 3000);
  expect(settings.PUBLIC_URL).toBe('https://calm-rain-over-hills.trycloudflare.com');
  const message = publicMessage(tunnel, settings.TOKEN);
  expect(message).toContain(settings.TOKEN);
  expect(message).toContain(tunnel.url);
  expect(message).toMatch(/[█▀▄]{10}/);
});

test('a token from the settings is kept and not printed', () => {
  install('ngrok', '');
  const settings = testSettings({ TOKEN: 'a-secret-for-this-test-only' });
  expect(prepareForPublic(settings)).toEqual({ isNewToken: false });
  expect(settings.TOKEN).toBe('a-secret-for-this-test-only');
});

test('the error of a tunnel contains its last output', async () => {
  const folder = install(
    'cloudflared',
    `echo 'failed to request quick Tunnel: Post "https://api.trycloudflare.com/tunnel": no route to host' >&2; exit 1`,
  );
  await expect(openTunnel(findTunnel(folder), 3000)).rejects.toThrow(
    /^cloudflared ended before it opened: failed to request quick Tunnel.*no route to host/,
  );
});

test('without a tunnel the program prints instructions and opens nothing', () => {
  const main = join(import.meta.dirname, '../../../../worker-server/main.ts');
  const { stdout, stderr, status } = spawnSync(process.execPath, [main, '--public'], {
    env: { PATH: '/nowhere' },
    encoding: 'utf8',
  });
  expect(status).toBe(1);
  expect(stdout).toBe('');
  expect(stderr).toContain('No tunnel to the internet is installed.');
  for (const name of ['cloudflared', 'ngrok', 'tailscale']) expect(stderr).toContain(`${name}: https://`);
});
