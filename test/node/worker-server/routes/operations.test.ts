import { randomBytes } from 'node:crypto';
import { expect, test, vi } from 'vitest';
import { runTestServer } from '../../../fixtures/server/run-test-server.ts';
import { TickEngine } from '../../../fixtures/server/tick-engine.ts';

// Slow machines need longer.
vi.setConfig({ testTimeout: 30_000, hookTimeout: 30_000 });

const newId = () => randomBytes(16).toString('base64url');
const spec = { engine: 'tick', music: 'rain on a roof', seconds: 2, seed: 7 };
const json = { 'Content-Type': 'application/json' };

test('the health check reports the state of the engines', async () => {
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

test('the metrics count jobs, runs and requests, by routes without ids', async () => {
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
