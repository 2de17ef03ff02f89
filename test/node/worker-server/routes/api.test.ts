import { createHash, randomBytes } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import sharp from 'sharp';
import type { JobEvent } from '#lib/protocol/job-event.ts';
import { checkAgainst, fetchChecked } from '../../../fixtures/server/openapi-check.ts';
import { runTestServer, type TestServer } from '../../../fixtures/server/run-test-server.ts';
import { TickEngine } from '../../../fixtures/server/tick-engine.ts';

const newId = () => randomBytes(16).toString('base64url');
const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');
const spec = { engine: 'tick', music: 'rain on a roof', seconds: 2, seed: 7 };
const json = { 'Content-Type': 'application/json' };

let server: TestServer;
let api: string;
beforeAll(async () => {
  server = await runTestServer({
    variables: { SUBMITS_PER_MINUTE: '1000', REQUESTS_PER_MINUTE: '10000', SOCKETS_PER_ADDRESS: '50' },
  });
  api = `${server.url}/api/v1`;
});
afterAll(() => server[Symbol.asyncDispose]());

/** Hands a job in, waits for its end, and gives its events. */
async function runJob(body: object): Promise<{ id: string; events: JobEvent[] }> {
  const { body: answer } = await fetchChecked(`${api}/jobs`, {
    method: 'POST',
    headers: json,
    body: JSON.stringify(body),
  });
  const { id } = answer as { id: string };
  return { id, events: await eventsOf(id) };
}

async function eventsOf(id: string, after?: number): Promise<JobEvent[]> {
  const headers = after === undefined ? undefined : { 'Last-Event-ID': String(after) };
  const { bytes } = await fetchChecked(`${api}/jobs/${id}/events`, { headers });
  const blocks = new TextDecoder()
    .decode(bytes)
    .split('\n\n')
    .filter((block) => block.startsWith('id: '));
  return blocks.map((block) => {
    const [, seq, data] = /^id: (\d+)\ndata: (.*)$/.exec(block)!;
    const event = JSON.parse(data!) as JobEvent;
    expect(event.seq).toBe(Number(seq));
    checkAgainst('JobEvent', event);
    return event;
  });
}

test('the engines and the queue are told to whoever asks, and nobody keeps the answer', async () => {
  const { status, body, headers } = await fetchChecked(`${api}/engines`);
  expect(status).toBe(200);
  expect(body).toMatchObject({ protocol: 1, engines: [{ name: 'tick' }], queued: 0, running: 0 });
  expect(headers.get('Cache-Control')).toBe('no-store');
});

test('a job goes the whole way: taken, followed by events, heard as a WAV', async () => {
  const taken = await fetchChecked(`${api}/jobs`, {
    method: 'POST',
    headers: json,
    body: JSON.stringify(spec),
  });
  expect(taken.status).toBe(202);
  const { id } = taken.body as { id: string };
  expect(taken.headers.get('Location')).toBe(`/api/v1/jobs/${id}`);
  const events = await eventsOf(id);
  expect(events.map(({ seq }) => seq)).toEqual(events.map((_, index) => index + 1));
  expect(events[0]!.t).toBe('accepted');
  const last = events.at(-1) as Extract<JobEvent, { t: 'done' }>;
  expect(last.t).toBe('done');
  const { body } = await fetchChecked(`${api}/jobs/${id}`);
  expect(body).toEqual({ id, verb: 'generate', status: 'done', last });
  const wav = await fetchChecked(`${api}/jobs/${id}/audio.wav`);
  expect(wav.status).toBe(200);
  expect(sha256(wav.bytes)).toBe(last.result.parts[0]!.sha256);
  expect(wav.headers.get('ETag')).toBe(`"${last.result.parts[0]!.sha256}"`);
  expect(wav.headers.get('Content-Disposition')).toBe('inline; filename="music-1.wav"');
  expect(new TextDecoder().decode(wav.bytes.subarray(0, 4))).toBe('RIFF');
});

test('who has all events is told to ask no more; who lacks some gets those', async () => {
  const { id, events } = await runJob({ ...spec, seed: 10 });
  expect(await eventsOf(id, events.length - 1)).toEqual(events.slice(-1));
  const { status } = await fetchChecked(`${api}/jobs/${id}/events`, {
    headers: { 'Last-Event-ID': String(events.length) },
  });
  expect(status).toBe(204);
  const wrong = await fetchChecked(`${api}/jobs/${id}/events`, { headers: { 'Last-Event-ID': 'last' } });
  expect(wrong).toMatchObject({ status: 400, body: { at: 'Last-Event-ID' } });
});

test('every track and take is heard by its name, and no other', async () => {
  const { id, events } = await runJob({ ...spec, effects: 'thunder', candidates: 2, seed: 11 });
  const { result } = events.at(-1) as Extract<JobEvent, { t: 'done' }>;
  for (const { kind, candidate, sha256: promised, bytes } of result.parts) {
    const wav = await fetchChecked(`${api}/jobs/${id}/audio.wav?kind=${kind}&candidate=${candidate}`);
    expect(wav.bytes.length).toBe(bytes);
    expect(sha256(wav.bytes)).toBe(promised);
  }
  const missing = await fetchChecked(`${api}/jobs/${id}/audio.wav?kind=speech`);
  expect(missing).toMatchObject({ status: 404, body: { error: { name: 'AudioMissingError' } } });
});

test('ranges, validators and HEAD are answered as RFC 9110 wants it', async () => {
  const { id } = await runJob({ ...spec, effects: 'wind', seed: 12 });
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

test('sound that is not made yet is not there: 409 with the time after which to ask again', async () => {
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

test('the same Idempotency-Key with the same request is the same job, with another it is refused', async () => {
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
  await eventsOf(id);
  expect((await post(wanted)).body).toEqual({ id });
  expect(server.engine.begun.length).toBe(before + 1);
  expect(await post({ ...wanted, seed: 21 })).toMatchObject({
    status: 409,
    body: { error: { name: 'JobConflictError' } },
  });
});

test('equal requests of two clients run once', async () => {
  const wanted = { ...spec, seed: 30 };
  const first = await runJob(wanted);
  const before = server.engine.begun.length;
  const second = await runJob(wanted);
  expect(server.engine.begun.length).toBe(before);
  expect(second.id).not.toBe(first.id);
});

test('a still comes as a form and is described', async () => {
  const webp = await sharp({ create: { width: 30, height: 20, channels: 3, background: 'blue' } })
    .webp()
    .toBuffer();
  const form = new FormData();
  form.set('spec', JSON.stringify({ engine: 'tick', question: 'What is it?' }));
  form.set('still', new File([new Uint8Array(webp)], 'still', { type: 'image/webp' }));
  const { status, body } = await fetchChecked(`${api}/jobs`, { method: 'POST', body: form });
  expect(status).toBe(202);
  const events = await eventsOf((body as { id: string }).id);
  expect(events.at(-1)).toMatchObject({ t: 'done', result: { parts: [], bytes: 0 } });
  expect((events.at(-1) as Extract<JobEvent, { t: 'done' }>).result.text).toMatch(/^A still of \d+ bytes\.$/);
});

const formOf = (fields: Record<string, string | File>) => {
  const form = new FormData();
  for (const [name, value] of Object.entries(fields)) form.set(name, value);
  return form;
};
const question = JSON.stringify({ engine: 'tick', question: 'What?' });

test.each<[string, RequestInit, number, string | undefined]>([
  ['text', { headers: { 'Content-Type': 'text/plain' }, body: 'rain' }, 415, undefined],
  ['broken JSON', { headers: json, body: '{"engine":' }, 400, undefined],
  ['an unknown field', { headers: json, body: JSON.stringify({ ...spec, video: 'x' }) }, 400, 'video'],
  ['too many seconds', { headers: json, body: JSON.stringify({ ...spec, seconds: 301 }) }, 400, 'seconds'],
  ['an unknown engine', { headers: json, body: JSON.stringify({ ...spec, engine: 'harp' }) }, 422, 'engine'],
  ['a body that is too large', { headers: json, body: ' '.repeat((1 << 20) + 1) }, 413, undefined],
  [
    'a key that is none',
    { headers: { ...json, 'Idempotency-Key': 'x' }, body: '{}' },
    400,
    'Idempotency-Key',
  ],
  ['a form without a question', { body: formOf({ still: new File(['x'], 's') }) }, 400, 'spec'],
  ['a form without a still', { body: formOf({ spec: question }) }, 400, 'still'],
  [
    'a still of a wrong type',
    { body: formOf({ spec: question, still: new File(['x'], 's') }) },
    400,
    'still',
  ],
  [
    'a still that is none',
    { body: formOf({ spec: question, still: new File(['x'], 's', { type: 'image/png' }) }) },
    422,
    'still',
  ],
  [
    'a still that is too large',
    {
      body: formOf({
        spec: question,
        still: new File([new Uint8Array(600 * 1024)], 's', { type: 'image/png' }),
      }),
    },
    413,
    'still',
  ],
  ['a broken form', { headers: { 'Content-Type': 'multipart/form-data' }, body: 'x' }, 400, undefined],
])('%s is refused with the path of the bad field', async (_, init, status, at) => {
  const answer = await fetchChecked(`${api}/jobs`, { method: 'POST', ...init });
  expect(answer.status).toBe(status);
  expect((answer.body as { at?: string }).at).toBe(at);
  expect((answer.body as { error: { message: string } }).error.message).toMatch(/^[A-Z].*\.$/s);
});

test.each(['/jobs/short', `/jobs/${newId()}`, `/jobs/${newId()}/events`, `/jobs/${newId()}/audio.wav`])(
  'the unknown job %s is a 404 in the one shape of errors',
  async (path) => {
    const { status, body } = await fetchChecked(`${api}${path}`);
    expect(status).toBe(404);
    expect(body).toMatchObject({ error: { name: 'JobUnknownError' } });
  },
);

test('an unknown address of the API is a 404 in the one shape of errors', async () => {
  const answer = await fetch(`${api}/songs`);
  expect(answer.status).toBe(404);
  checkAgainst('Error', await answer.json());
});

test('a full queue is a 503 with Retry-After', async () => {
  const engine = new TickEngine({ isOpen: false });
  await using held = await runTestServer({ engine, variables: { JOBS_PER_CLIENT: '1' } });
  const post = (seed: number) =>
    fetchChecked(`${held.url}/api/v1/jobs`, {
      method: 'POST',
      headers: json,
      body: JSON.stringify({ ...spec, seed }),
    });
  const answers = [await post(1), await post(2), await post(3)];
  const full = answers.at(-1)!;
  expect(full).toMatchObject({ status: 503, body: { error: { name: 'QueueFullError' } } });
  expect(Number(full.headers.get('Retry-After'))).toBeGreaterThan(0);
});

test('the description of the API names every schema that it points to', async () => {
  const { body } = await fetchChecked(`${api}/openapi.json`);
  const document = body as { openapi: string; components: { schemas: object } };
  expect(document.openapi).toBe('3.1.0');
  const pointers = [...JSON.stringify(document).matchAll(/"#\/components\/schemas\/(\w+)"/g)];
  expect(pointers.length).toBeGreaterThan(10);
  for (const [, name] of pointers) expect(document.components.schemas).toHaveProperty(name!);
});

test('what the description says of a request agrees with what the server takes', () => {
  checkAgainst('GenerateSpec', spec);
  expect(() => checkAgainst('GenerateSpec', { ...spec, seconds: 301 })).toThrow(/seconds/);
  expect(() => checkAgainst('GenerateSpec', { ...spec, video: 'x' })).toThrow(/additional/);
  expect(() => checkAgainst('DescribeSpec', { engine: 'tick' })).toThrow(/question/);
});

test('the health check names the engines and how they stand', async () => {
  const engine = new TickEngine();
  await using own = await runTestServer({ engine });
  const ask = async () => {
    const answer = await fetch(`${own.url}/healthz`);
    return [answer.status, await answer.json()] as const;
  };
  expect(await ask()).toEqual([200, { status: 'ok', engines: [{ name: 'tick', state: 'ready' }] }]);
  engine.state = 'starting';
  expect(await ask()).toEqual([200, { status: 'starting', engines: [{ name: 'tick', state: 'starting' }] }]);
  engine.state = 'failed';
  expect(await ask()).toEqual([503, { status: 'failed', engines: [{ name: 'tick', state: 'failed' }] }]);
});

test('the metrics count jobs, runs and requests by routes without ids', async () => {
  await using own = await runTestServer();
  const url = `${own.url}/api/v1/jobs`;
  const id = newId();
  for (let count = 0; count < 2; count++) {
    await fetch(url, {
      method: 'POST',
      headers: count ? json : { ...json, 'Idempotency-Key': id },
      body: JSON.stringify(spec),
    });
    await (await fetch(`${url}/${id}/events`)).text();
  }
  const answer = await fetch(`${own.url}/metrics`);
  const text = await answer.text();
  expect(answer.headers.get('Content-Type')).toMatch(/^text\/plain; version=0\.0\.4/);
  expect(text).toContain('immersivaudio_jobs_done_total 2');
  expect(text).toContain('immersivaudio_runs_total 1');
  expect(text).toContain('immersivaudio_cache_hits_total 1');
  expect(text).toContain('route="/api/v1/jobs/:id/events",status="200"');
  expect(text).not.toContain(id);
});
