import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { startServer, type RunningServer } from '../../../../worker-server/start-server.ts';
import { startWorker } from '../../../../worker-server/scale/run-worker-program.ts';
import { expectedSound } from '../../../fixtures/server/follow-remote.ts';
import { SocketClient } from '../../../fixtures/server/socket-client.ts';
import { testSettings } from '../../../fixtures/server/test-settings.ts';
import { TickEngine } from '../../../fixtures/server/tick-engine.ts';
import { makeTinyBuild } from '../../../fixtures/tiny-build.ts';
import { newJobId } from '../../../fixtures/worker-server/job-helpers.ts';
import { metric } from '../../../fixtures/worker-server/scale/cluster.ts';
import { freePort } from '../../../fixtures/worker-server/scale/free-port.ts';
import { hasRedis, RedisServer } from '../../../fixtures/worker-server/scale/redis-server.ts';

vi.setConfig({ testTimeout: 60_000 });

const TOKEN = 'a-secret-of-24-characters';
const music = { engine: 'tick', music: 'ticks', seconds: 4, seed: 7 };
const portOf = ({ url }: RunningServer) => Number(new URL(url).port);
const api = (server: RunningServer) => `http://127.0.0.1:${portOf(server)}/api/v1`;

describe.skipIf(!hasRedis())('servers that share a Redis (skipped where redis-server is missing)', () => {
  let redis: RedisServer;
  beforeAll(async () => {
    redis = await RedisServer.start();
  });
  afterAll(() => redis[Symbol.asyncDispose]());

  /** Two servers and, with an engine, a worker for it, in this process. */
  async function open(variables: Record<string, string> = {}, engine?: TickEngine) {
    await using stack = new AsyncDisposableStack();
    const { folder } = stack.use(makeTinyBuild());
    const url = redis.newUrl();
    const settings = testSettings({ PORT: '0', REDIS_URL: url, SHARES: 'off', ...variables });
    const start = () => startServer(settings, { buildFolder: folder });
    const close = (each: { close(): Promise<void> }) => each.close();
    const worker = engine ? stack.adopt(await startWorker(settings, engine), close) : null;
    const [one, other] = [stack.adopt(await start(), close), stack.adopt(await start(), close)];
    const opened = stack.move();
    return { one, other, worker, url, [Symbol.asyncDispose]: () => opened.disposeAsync() };
  }

  const submit = (server: RunningServer, spec: object = music, id = newJobId()) =>
    fetch(`${api(server)}/jobs`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json', 'Idempotency-Key': id },
      body: JSON.stringify(spec),
    });

  test('a job of one server can be resumed at another at any event and byte', async () => {
    const engine = new TickEngine({ isOpen: false });
    await using cluster = await open({}, engine);
    const id = newJobId();
    expect((await submit(cluster.one, music, id)).status).toBe(202);
    await using client = await SocketClient.open(`ws://127.0.0.1:${portOf(cluster.other)}/ws`);
    client.send({ t: 'attach', job: id, seq: 1, offset: 1000 });
    expect((await client.receive('started')).seq).toBe(2);
    engine.open();
    await client.receiveLastFrame();
    expect(client.sound().equals(expectedSound({ seconds: 4, seed: 7 }).subarray(1000))).toBe(true);
    const { result } = await client.receive('done');
    const audio = await fetch(`${api(cluster.one)}/jobs/${id}/audio.wav`, {
      headers: { Range: 'bytes=44-99' },
    });
    expect(audio.status).toBe(206);
    expect(audio.headers.get('ETag')).toBe(`"${result.parts[0]!.sha256}"`);
  });

  test('a job of one server can be cancelled at another, which frees its worker', async () => {
    const engine = new TickEngine({ isOpen: false });
    await using cluster = await open({}, engine);
    const id = newJobId();
    await submit(cluster.one, music, id);
    await vi.waitFor(() => expect(engine.begun).toHaveLength(1), 10_000);
    const answer = await fetch(`${api(cluster.other)}/jobs/${id}`, { method: 'DELETE' });
    expect(await answer.json()).toEqual({ cancelled: true });
    await submit(cluster.one, { ...music, seed: 8 });
    // The engine is still held, so it started the second job only because the first was aborted.
    await vi.waitFor(() => expect(engine.begun).toHaveLength(2), 10_000);
    const again = await fetch(`${api(cluster.one)}/jobs/${id}`, { method: 'DELETE' });
    expect(await again.json()).toEqual({ cancelled: false });
  });

  test('a worker that is stopped requeues its run at once, and the next one resumes it', async () => {
    const [slow, fast] = [new TickEngine({ blockMs: 100 }), new TickEngine()];
    await using cluster = await open({}, slow);
    const id = newJobId();
    await using client = await SocketClient.open(`ws://127.0.0.1:${portOf(cluster.one)}/ws`);
    client.send({ t: 'generate', job: id, spec: music });
    await client.receive('progress');
    await cluster.worker!.close();
    await client.receive('queued');
    const settings = testSettings({ REDIS_URL: cluster.url });
    const next = await startWorker(settings, fast);
    await client.receiveLastFrame();
    expect(client.sound().equals(expectedSound({ seconds: 4, seed: 7 }))).toBe(true);
    await next.close();
  });

  test('a ticket of one server opens a socket at another, once', async () => {
    await using cluster = await open({ TOKEN });
    const answer = await fetch(`${api(cluster.one)}/tickets`, {
      method: 'POST',
      headers: { Authorization: `Bearer ${TOKEN}` },
    });
    const { ticket } = (await answer.json()) as { ticket: string };
    const url = `ws://127.0.0.1:${portOf(cluster.other)}/ws`;
    await using first = await SocketClient.open(url, { hello: false });
    first.send({ t: 'hello', v: 1, ticket });
    expect((await first.receive('welcome')).v).toBe(1);
    await using second = await SocketClient.open(url, { hello: false });
    second.send({ t: 'hello', v: 1, ticket });
    expect(await second.closed).toBe(4001);
  });

  test('rate limits are shared by all servers', async () => {
    await using cluster = await open({ SUBMITS_PER_MINUTE: '3', JOBS_PER_CLIENT: '100' }, new TickEngine());
    const statuses: number[] = [];
    for (const server of [cluster.one, cluster.other, cluster.one, cluster.other, cluster.one]) {
      statuses.push((await submit(server, { ...music, seed: statuses.length })).status);
    }
    expect(statuses).toEqual([202, 202, 202, 429, 429]);
  });

  test('without workers jobs are refused; when all have left, jobs wait for the next one', async () => {
    await using cluster = await open();
    expect((await submit(cluster.one)).status).toBe(422);
    expect((await fetch(`http://127.0.0.1:${portOf(cluster.one)}/healthz`)).status).toBe(503);
    const settings = testSettings({ REDIS_URL: cluster.url });
    await (await startWorker(settings, new TickEngine())).close();
    const id = newJobId();
    expect((await submit(cluster.one, music, id)).status).toBe(202);
    await vi.waitFor(async () => {
      const answer: unknown = await (await fetch(`${api(cluster.other)}/engines`)).json();
      expect(answer).toMatchObject({ engines: [{ name: 'tick', state: 'starting' }] });
    }, 10_000);
    const worker = await startWorker(settings, new TickEngine());
    const events = await (await fetch(`${api(cluster.other)}/jobs/${id}/events`)).text();
    expect(events).toContain('"t":"done"');
    await worker.close();
  });

  test('metrics cover all servers and workers', async () => {
    await using cluster = await open({}, new TickEngine({ blockMs: 5 }));
    const id = newJobId();
    await submit(cluster.one, music, id);
    await (await fetch(`${api(cluster.one)}/jobs/${id}/events`)).text();
    const port = portOf(cluster.other);
    await vi.waitFor(async () => {
      expect(await metric(port, 'immersivaudio_engine_seconds_total')).toBeGreaterThan(0.09);
    }, 10_000);
    expect(await metric(port, 'immersivaudio_jobs_done_total')).toBe(1);
    expect(await metric(port, 'immersivaudio_jobs_queued')).toBe(0);
    expect(await metric(port, 'immersivaudio_workers')).toBe(1);
  });

  test('while Redis is unavailable jobs are refused with 503, and accepted again afterwards', async () => {
    await using cluster = await open({}, new TickEngine());
    await redis.kill();
    const refused = await submit(cluster.one);
    expect(refused.status).toBe(503);
    expect(refused.headers.get('Retry-After')).toBe('2');
    expect(await refused.json()).toMatchObject({ error: { name: 'DeskAwayError' } });
    await redis.start();
    const id = newJobId();
    await vi.waitFor(async () => expect((await submit(cluster.one, music, id)).status).toBe(202), 20_000);
    const events = await (await fetch(`${api(cluster.other)}/jobs/${id}/events`)).text();
    expect(events).toContain('"t":"done"');
  });

  test('a missing Redis, and a worker without REDIS_URL, are reported', async () => {
    const { folder, ...build } = makeTinyBuild();
    const settings = testSettings({ PORT: '0', REDIS_URL: `redis://:secret@127.0.0.1:${await freePort()}` });
    await expect(startServer(settings, { buildFolder: folder })).rejects.toThrow(
      /^There is no Redis at 127\.0\.0\.1:\d+ \(see REDIS_URL\)\.$/,
    );
    build[Symbol.dispose]();
    await expect(startWorker(testSettings())).rejects.toThrow('A worker wants REDIS_URL');
  });

  test('a worker reports its health at its port', async () => {
    const [port, url] = [await freePort(), redis.newUrl()];
    const engine = new TickEngine();
    const worker = await startWorker(testSettings({ REDIS_URL: url, WORKER_PORT: String(port) }), engine);
    const health = () => fetch(`http://127.0.0.1:${port}/healthz`);
    expect(await (await health()).json()).toMatchObject({ status: 'ok', engines: [{ name: 'tick' }] });
    engine.state = 'failed';
    expect((await health()).status).toBe(503);
    await worker.close();
  });
});
