import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { expectedSound, sha256 } from '../../fixtures/server/follow-remote.ts';
import { runTestServer } from '../../fixtures/server/run-test-server.ts';
import { SocketClient } from '../../fixtures/server/socket-client.ts';
import { TickEngine } from '../../fixtures/server/tick-engine.ts';

vi.setConfig({ testTimeout: 30_000 });

const newId = () => randomBytes(16).toString('base64url');
const spec = { engine: 'tick', music: 'ticks', seconds: 2, seed: 1 };
const json = { 'Content-Type': 'application/json' };

let dataFolder: string;
beforeEach(() => {
  dataFolder = mkdtempSync(join(tmpdir(), 'immersivaudio-data-'));
});
afterEach(() => rmSync(dataFolder, { recursive: true }));

test('a server that stops notifies clients, finishes the running job, refuses new ones, and keeps queued ones', async () => {
  const engine = new TickEngine({ isOpen: false });
  const [running, waiting] = [newId(), newId()];
  {
    await using server = await runTestServer({ engine, dataFolder, variables: { GRACE_SECONDS: '20' } });
    await using client = await SocketClient.open(server.socketUrl);
    client.send({ t: 'generate', job: running, spec });
    await client.receive('started');
    client.send({ t: 'generate', job: waiting, spec: { ...spec, seed: 2 } });
    await client.receive('accepted');
    const closed = server.close();
    expect((await client.receive('draining')).afterMs).toBeGreaterThan(0);

    client.send({ t: 'generate', job: newId(), spec: { ...spec, seed: 3 } });
    const refused = await client.receive('error');
    expect(refused.error.name).toBe('DrainingError');
    expect(refused.retryAfterMs).toBeGreaterThan(0);
    const post = { method: 'POST', headers: json, body: JSON.stringify(spec) };
    const answer = await fetch(`${server.url}/api/v1/jobs`, post);
    expect(answer.status).toBe(503);
    expect(answer.headers.get('Retry-After')).not.toBeNull();
    expect((await fetch(`${server.url}/healthz`)).status).toBe(503);

    engine.open();
    expect((await client.receive('done')).job).toBe(running);
    expect(await client.closed).toBe(1001);
    expect(sha256(client.sound())).toBe(sha256(expectedSound(spec)));
    await closed;
  }
  const next = new TickEngine();
  await using server = await runTestServer({ engine: next, dataFolder });
  await using client = await SocketClient.open(server.socketUrl);
  client.send({ t: 'attach', job: waiting, seq: 0, offset: 0 });
  await client.receive('done');
  await client.receiveLastFrame();
  expect(sha256(client.sound())).toBe(sha256(expectedSound({ ...spec, seed: 2 })));
  expect(next.begun).toHaveLength(1);
});

test('a job that is not done after the grace period is resumed by the next server at the same byte', async () => {
  const job = newId();
  let begun: Buffer;
  {
    const engine = new TickEngine({ blockMs: 30 });
    await using server = await runTestServer({ engine, dataFolder });
    await using client = await SocketClient.open(server.socketUrl);
    client.send({ t: 'generate', job, spec });
    await client.receive('part');
    await expect.poll(() => client.frames.length).toBeGreaterThan(1);
    await server.close();
    expect(await client.closed).toBe(1001);
    begun = client.sound();
  }
  const whole = expectedSound(spec);
  expect(begun.length).toBeLessThan(whole.length);
  await using server = await runTestServer({ dataFolder });
  await using client = await SocketClient.open(server.socketUrl);
  client.send({ t: 'attach', job, seq: 0, offset: begun.length });
  await client.receiveLastFrame();
  expect(sha256(Buffer.concat([begun, client.sound()]))).toBe(sha256(whole));
});
