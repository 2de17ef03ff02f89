import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import type { ClientRequest, IncomingMessage } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { WebSocket } from 'ws';
import { SocketClient } from '../../fixtures/server/socket-client.ts';

// Two programs start, one of which reads the whole app.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 180_000 });

const DEV = join(import.meta.dirname, '../../../cli/dev.ts');
const dataFolder = mkdtempSync(join(tmpdir(), 'immersivaudio-dev-data-'));

let dev: ChildProcess;
let url = '';
let words = '';

beforeAll(async () => {
  const env = { ...process.env, NO_COLOR: '1', DATA_DIR: dataFolder, ENGINE: 'synth' };
  // Vite ends with its input, so that this has to stay open.
  dev = spawn(process.execPath, [DEV, '--port', '0'], { env, stdio: ['pipe', 'pipe', 'pipe'] });
  for (const stream of [dev.stdout!, dev.stderr!]) {
    stream.on('data', (data: Buffer) => (words += data.toString()));
  }
  await vi.waitUntil(() => /Local: +http/.test(words) && words.includes('server started'), {
    timeout: 170_000,
  });
  url = /Local: +(http:\/\/localhost:\d+)\//.exec(words)![1]!;
});

afterAll(async () => {
  if (dev.exitCode === null && dev.kill('SIGTERM')) await once(dev, 'exit');
  rmSync(dataFolder, { recursive: true });
});

test('the app, its API and the pages of links are at one address', async () => {
  const page = await fetch(`${url}/`);
  expect(page.headers.get('content-type')).toContain('text/html');
  expect(page.headers.get('cross-origin-embedder-policy')).toBe('require-corp');
  const api = await fetch(`${url}/api/v1/engines`, { headers: { Origin: url } });
  expect(await api.json()).toMatchObject({ engines: [{ name: 'synth' }] });
  const link = await fetch(`${url}/s/page.css`);
  expect(link.headers.get('content-type')).toContain('text/css');
});

test('a page of this address may open a socket, one of another may do nothing', async () => {
  const socketUrl = `${url.replace('http', 'ws')}/ws`;
  await using client = await SocketClient.open(socketUrl, { headers: { Origin: url } });
  expect(client.received[0]).toMatchObject({ t: 'welcome' });
  const foreign = { Origin: 'http://localhost:1' };
  const [, answer] = (await once(new WebSocket(socketUrl, { headers: foreign }), 'unexpected-response')) as [
    ClientRequest,
    IncomingMessage,
  ];
  expect(answer.statusCode).toBe(403);
  answer.destroy();
  const refused = await fetch(`${url}/api/v1/engines`, { headers: foreign });
  expect(refused.status).toBe(403);
});

test('Ctrl+C ends both', async () => {
  const ended = once(dev, 'exit');
  dev.kill('SIGINT');
  await ended;
  expect(words).toContain('server stopped');
  await expect(fetch(url)).rejects.toThrow('fetch failed');
});
