import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { resultOf, runJob, WIDE_OPEN } from '../../../fixtures/server/api-client.ts';
import { sha256 } from '../../../fixtures/server/follow-remote.ts';
import { fetchChecked } from '../../../fixtures/server/openapi-check.ts';
import { runTestServer, type TestServer } from '../../../fixtures/server/run-test-server.ts';
import { TickEngine } from '../../../fixtures/server/tick-engine.ts';

// Slow machines need longer.
vi.setConfig({ testTimeout: 30_000, hookTimeout: 30_000 });

const newId = () => randomBytes(16).toString('base64url');
const json = { 'Content-Type': 'application/json' };
const spec = { engine: 'tick', music: 'rain on a roof', seconds: 2, seed: 7 };

let server: TestServer;
let api: string;
beforeAll(async () => {
  server = await runTestServer({ variables: WIDE_OPEN });
  api = `${server.url}/api/v1`;
});
afterAll(() => server[Symbol.asyncDispose]());

test('every part is available by kind and candidate', async () => {
  const { id, events } = await runJob(api, { ...spec, effects: 'thunder', candidates: 2, seed: 11 });
  const result = resultOf(events);
  for (const { kind, candidate, sha256: promised, bytes } of result.parts) {
    const wav = await fetchChecked(`${api}/jobs/${id}/audio.wav?kind=${kind}&candidate=${candidate}`);
    expect(wav.bytes.length).toBe(bytes);
    expect(sha256(wav.bytes)).toBe(promised);
  }
  const missing = await fetchChecked(`${api}/jobs/${id}/audio.wav?kind=speech`);
  expect(missing).toMatchObject({ status: 404, body: { error: { name: 'AudioMissingError' } } });
});

test('ranges, validators and HEAD follow RFC 9110', async () => {
  const { id } = await runJob(api, { ...spec, effects: 'wind', seed: 12 });
  const url = `${api}/jobs/${id}/audio.wav?kind=effects`;
  const whole = await fetchChecked(url);
  const size = whole.bytes.length;
  const tag = whole.headers.get('ETag')!;
  const ask = (headers: Record<string, string>) => fetchChecked(url, { headers });

  const middle = await ask({ Range: 'bytes=100-1099' });
  expect(middle.status).toBe(206);
  expect(middle.headers.get('Content-Range')).toBe(`bytes 100-1099/${size}`);
  expect(middle.bytes).toEqual(whole.bytes.subarray(100, 1100));
  const end = await ask({ Range: 'bytes=-44' });
  expect(end.bytes).toEqual(whole.bytes.subarray(-44));
  const beyond = await ask({ Range: `bytes=${size}-` });
  expect(beyond.status).toBe(416);
  expect(beyond.headers.get('Content-Range')).toBe(`bytes */${size}`);
  expect(beyond.bytes).toHaveLength(0);

  expect((await ask({ 'If-None-Match': `"other", ${tag}` })).status).toBe(304);
  expect((await ask({ 'If-None-Match': '"other"' })).status).toBe(200);
  expect((await ask({ Range: 'bytes=0-9', 'If-Range': tag })).status).toBe(206);
  expect((await ask({ Range: 'bytes=0-9', 'If-Range': '"other"' })).status).toBe(200);

  const head = await fetch(url, { method: 'HEAD' });
  expect(head.headers.get('Content-Length')).toBe(String(size));
  expect(await head.bytes()).toHaveLength(0);
});

test('sound that is not ready is answered with 409 and a time to retry', async () => {
  const engine = new TickEngine({ isOpen: false });
  await using held = await runTestServer({ engine });
  const id = newId();
  const url = `${held.url}/api/v1/jobs`;
  await fetch(url, {
    method: 'POST',
    headers: { ...json, 'Idempotency-Key': id },
    body: JSON.stringify(spec),
  });
  const early = await fetchChecked(`${url}/${id}/audio.wav`);
  expect(early).toMatchObject({ status: 409, body: { error: { name: 'AudioNotReadyError' } } });
  expect(early.headers.get('Retry-After')).toBe('1');
  const cancelled = await fetchChecked(`${url}/${id}`, { method: 'DELETE' });
  expect(cancelled.body).toEqual({ cancelled: true });
  const again = await fetchChecked(`${url}/${id}`, { method: 'DELETE' });
  expect(again.body).toEqual({ cancelled: false });
  const never = await fetchChecked(`${url}/${id}/audio.wav`);
  expect(never).toMatchObject({ status: 404, body: { error: { name: 'AudioMissingError' } } });
});
