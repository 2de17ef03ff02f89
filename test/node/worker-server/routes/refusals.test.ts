import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { WIDE_OPEN } from '../../../fixtures/server/api-client.ts';
import { checkAgainst, fetchChecked } from '../../../fixtures/server/openapi-check.ts';
import { runTestServer, type TestServer } from '../../../fixtures/server/run-test-server.ts';
import { TickEngine } from '../../../fixtures/server/tick-engine.ts';

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
  ['an invalid key', { headers: { ...json, 'Idempotency-Key': 'x' }, body: '{}' }, 400, 'Idempotency-Key'],
  ['a form without a question', { body: formOf({ still: new File(['x'], 's') }) }, 400, 'spec'],
  ['a form without a still', { body: formOf({ spec: question }) }, 400, 'still'],
  [
    'a still of a wrong type',
    { body: formOf({ spec: question, still: new File(['x'], 's') }) },
    400,
    'still',
  ],
  [
    'an invalid still',
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
])('%s is refused with the path of the invalid field', async (_, init, status, at) => {
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
