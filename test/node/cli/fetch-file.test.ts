import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { fetchFile } from '../../../cli/fetch-file.ts';

const CONTENT = Buffer.from(Array.from({ length: 5000 }, (_, i) => i & 255));
const PROMISED = { bytes: 5000, sha256: createHash('sha256').update(CONTENT).digest('hex') };
const folder = mkdtempSync(join(tmpdir(), 'immersivaudio-models-'));
const path = join(folder, 'tiny/onnx/model.onnx');
const asked: string[] = [];
const server = createServer((request, response) => {
  asked.push(request.headers.range ?? 'all');
  if (request.url === '/page') response.setHeader('Content-Type', 'text/html').end('<html>');
  else if (request.url === '/gone') response.writeHead(404).end();
  else {
    const from = Number(/\d+/.exec(request.headers.range ?? '')?.[0] ?? 0);
    response.writeHead(from ? 206 : 200).end(CONTENT.subarray(from));
  }
});
const url = (name: string) => `http://127.0.0.1:${(server.address() as AddressInfo).port}/${name}`;

beforeAll(() => new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve)));
beforeEach(() => {
  rmSync(join(folder, 'tiny'), { recursive: true, force: true });
  asked.length = 0;
});
afterAll(() => {
  server.close();
  rmSync(folder, { recursive: true });
});

test('a file is fetched, checked, and not fetched again', async () => {
  const facts = { digest: PROMISED.sha256, size: 5000 };
  expect(await fetchFile(url('model'), path, PROMISED)).toEqual({ state: 'fetched', ...facts });
  expect(readFileSync(path)).toEqual(CONTENT);
  expect(await fetchFile(url('model'), path, PROMISED)).toEqual({ state: 'was there:', ...facts });
  expect(asked).toEqual(['all']);
});

test('it goes on where an earlier try broke off', async () => {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(`${path}.part`, CONTENT.subarray(0, 2000));
  await fetchFile(url('model'), path, PROMISED);
  expect(asked).toEqual(['bytes=2000-']);
  expect(readFileSync(path)).toEqual(CONTENT);
});

test('what is not as promised is thrown away', async () => {
  await expect(fetchFile(url('model'), path, { ...PROMISED, sha256: '0'.repeat(64) })).rejects.toThrow(
    /not what the manifest promises/,
  );
  expect([existsSync(path), existsSync(`${path}.part`)]).toEqual([false, false]);
});

test.each([
  ['page', /with a page/],
  ['gone', /answered 404/],
])('/%s in place of weights is one sentence', async (name, message) => {
  await expect(fetchFile(url(name), path, PROMISED)).rejects.toThrow(message);
  expect(existsSync(path)).toBe(false);
});

test('a server that is not there is one sentence', async () => {
  await expect(fetchFile('http://127.0.0.1:9/model', path, PROMISED)).rejects.toThrow(
    '127.0.0.1:9 could not be reached. Is there a network?',
  );
});
