import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import sharp from 'sharp';
import { eventsOf, resultOf, runJob, WIDE_OPEN } from '../../../fixtures/server/api-client.ts';
import { sha256 } from '../../../fixtures/server/follow-remote.ts';
import { checkAgainst, fetchChecked } from '../../../fixtures/server/openapi-check.ts';
import { runTestServer, type TestServer } from '../../../fixtures/server/run-test-server.ts';

// Slow machines need longer.
vi.setConfig({ testTimeout: 30_000, hookTimeout: 30_000 });

const newId = () => randomBytes(16).toString('base64url');
const spec = { engine: 'tick', music: 'rain on a roof', seconds: 2, seed: 7 };
const json = { 'Content-Type': 'application/json' };

let server: TestServer;
let api: string;
beforeAll(async () => {
  server = await runTestServer({ variables: WIDE_OPEN });
  api = `${server.url}/api/v1`;
});
afterAll(() => server[Symbol.asyncDispose]());

test('the engines and the queue are reported, and the response is not cached', async () => {
  const { status, body, headers } = await fetchChecked(`${api}/engines`);
  expect(status).toBe(200);
  expect(body).toMatchObject({ protocol: 1, engines: [{ name: 'tick' }], queued: 0, running: 0 });
  expect(headers.get('Cache-Control')).toBe('no-store');
});

test('a job is accepted, followed by its events, and downloaded as a WAV', async () => {
  const taken = await fetchChecked(`${api}/jobs`, {
    method: 'POST',
    headers: json,
    body: JSON.stringify(spec),
  });
  expect(taken.status).toBe(202);
  const { id } = taken.body as { id: string };
  expect(taken.headers.get('Location')).toBe(`/api/v1/jobs/${id}`);
  const events = await eventsOf(api, id);
  expect(events.map(({ seq }) => seq)).toEqual(events.map((_, index) => index + 1));
  expect(events[0]!.t).toBe('accepted');
  const last = events.at(-1)!;
  const [part] = resultOf(events).parts;
  const { body } = await fetchChecked(`${api}/jobs/${id}`);
  expect(body).toEqual({ id, verb: 'generate', status: 'done', last });
  const wav = await fetchChecked(`${api}/jobs/${id}/audio.wav`);
  expect(wav.status).toBe(200);
  expect(sha256(wav.bytes)).toBe(part!.sha256);
  expect(wav.headers.get('ETag')).toBe(`"${part!.sha256}"`);
  expect(wav.headers.get('Content-Disposition')).toBe('inline; filename="music-1.wav"');
  expect(new TextDecoder().decode(wav.bytes.subarray(0, 4))).toBe('RIFF');
});

test('a client that has all events gets 204, and one that lacks some gets those', async () => {
  const { id, events } = await runJob(api, { ...spec, seed: 10 });
  expect(await eventsOf(api, id, events.length - 1)).toEqual(events.slice(-1));
  const { status } = await fetchChecked(`${api}/jobs/${id}/events`, {
    headers: { 'Last-Event-ID': String(events.length) },
  });
  expect(status).toBe(204);
  const wrong = await fetchChecked(`${api}/jobs/${id}/events`, { headers: { 'Last-Event-ID': 'last' } });
  expect(wrong).toMatchObject({ status: 400, body: { at: 'Last-Event-ID' } });
});

test('the same Idempotency-Key is the same job for the same request, and refused for another', async () => {
  const id = newId();
  const post = (body: object) =>
    fetchChecked(`${api}/jobs`, {
      method: 'POST',
      headers: { ...json, 'Idempotency-Key': id },
      body: JSON.stringify(body),
    });
  const before = server.engine.begun.length;
  const wanted = { ...spec, seed: 20 };
  expect((await post(wanted)).body).toEqual({ id });
  await eventsOf(api, id);
  expect((await post(wanted)).body).toEqual({ id });
  expect(server.engine.begun.length).toBe(before + 1);
  expect(await post({ ...wanted, seed: 21 })).toMatchObject({
    status: 409,
    body: { error: { name: 'JobConflictError' } },
  });
});

test('equal requests of two clients run once', async () => {
  const wanted = { ...spec, seed: 30 };
  const first = await runJob(api, wanted);
  const before = server.engine.begun.length;
  const second = await runJob(api, wanted);
  expect(server.engine.begun.length).toBe(before);
  expect(second.id).not.toBe(first.id);
});

test('a still is submitted as a form and described', async () => {
  const webp = await sharp({ create: { width: 30, height: 20, channels: 3, background: 'blue' } })
    .webp()
    .toBuffer();
  const form = new FormData();
  form.set('spec', JSON.stringify({ engine: 'tick', question: 'What is it?' }));
  form.set('still', new File([new Uint8Array(webp)], 'still', { type: 'image/webp' }));
  const { status, body } = await fetchChecked(`${api}/jobs`, { method: 'POST', body: form });
  expect(status).toBe(202);
  const events = await eventsOf(api, (body as { id: string }).id);
  expect(events.at(-1)).toMatchObject({ t: 'done', result: { parts: [], bytes: 0 } });
  expect(resultOf(events).text).toMatch(/^A still of \d+ bytes\.$/);
});

test('the API description contains every schema that it references', async () => {
  const { body } = await fetchChecked(`${api}/openapi.json`);
  const document = body as { openapi: string; components: { schemas: object } };
  expect(document.openapi).toBe('3.1.0');
  const pointers = [...JSON.stringify(document).matchAll(/"#\/components\/schemas\/(\w+)"/g)];
  expect(pointers.length).toBeGreaterThan(10);
  for (const [, name] of pointers) expect(document.components.schemas).toHaveProperty(name!);
});

test('the API description agrees with the validation of requests', () => {
  checkAgainst('GenerateSpec', spec);
  expect(() => checkAgainst('GenerateSpec', { ...spec, seconds: 301 })).toThrow(/seconds/);
  expect(() => checkAgainst('GenerateSpec', { ...spec, video: 'x' })).toThrow(/additional/);
  expect(() => checkAgainst('DescribeSpec', { engine: 'tick' })).toThrow(/question/);
});
