import { once } from 'node:events';
import { Redis } from 'ioredis';
import { afterAll, beforeAll, describe, expect, onTestFinished, test, vi } from 'vitest';
import { EngineError } from '../../../../worker-server/engines/engine.ts';
import { openRedisQueue } from '../../../../worker-server/scale/open-redis-queue.ts';
import { QUEUE_PREFIX } from '../../../../worker-server/scale/bull-queues.ts';
import { openRunWorker, type RunWorkerOptions } from '../../../../worker-server/scale/run-worker.ts';
import { keyOf } from '../../../../worker-server/scale/scripts.ts';
import {
  allAudio,
  allEvents,
  eventOf,
  music,
  newJobId,
} from '../../../fixtures/worker-server/job-helpers.ts';
import { Gate } from '../../../fixtures/worker-server/gate.ts';
import { redisStorage } from '../../../fixtures/worker-server/scale/redis-storage.ts';
import { hasRedis, RedisServer } from '../../../fixtures/worker-server/scale/redis-server.ts';
import { TestEngine } from '../../../fixtures/worker-server/test-engine.ts';

vi.setConfig({ testTimeout: 60_000 });

/** Starts a worker for the rest of the test. */
async function work(options: RunWorkerOptions): Promise<void> {
  const worker = await openRunWorker(options);
  onTestFinished(() => worker[Symbol.asyncDispose]());
}

describe.skipIf(!hasRedis())('faults of a queue in Redis (skipped without redis-server)', () => {
  let server: RedisServer;
  beforeAll(async () => {
    server = await RedisServer.start();
  });
  afterAll(() => server[Symbol.asyncDispose]());
  const createStorage = redisStorage(() => server);

  test('a run whose engine crashes is retried, and its stream continues without a gap', async () => {
    const engine = new TestEngine({
      before: ({ run, part, piece }) => {
        if (run === 0 && part === 1 && piece === 2) throw new EngineError('The process crashed.', true);
      },
    });
    await using storage = await createStorage();
    await using opened = await storage.open({ engines: [engine] });
    const { queue } = opened;
    const id = newJobId();
    await queue.submit('a', id, music({ effects: 'rain' }));
    const [events, received] = await Promise.all([allEvents(queue, id), allAudio(queue, id)]);
    const kinds = events.map(({ t }) => t).filter((t) => t !== 'progress');
    expect(kinds).toEqual(['accepted', 'started', 'part', 'part', 'queued', 'started', 'done']);
    expect(engine.runs).toHaveLength(2);
    expect(received.equals(await allAudio(queue, id))).toBe(true);
    const [other] = [newJobId()];
    await queue.submit('b', other, music({ effects: 'rain', seed: 2 }));
    expect((await allAudio(queue, other)).length).toBe(received.length);
  });

  test('an engine that crashes repeatedly fails the job as retryable, and the next job runs', async () => {
    const engine = new TestEngine({
      before: ({ run }) => {
        if (run < 3) throw new EngineError('The process crashed.', true);
      },
    });
    await using storage = await createStorage();
    await using opened = await storage.open({ engines: [engine] });
    const { queue } = opened;
    const [first, second] = [newJobId(), newJobId()];
    await queue.submit('a', first, music());
    const error = { name: 'EngineError', message: 'The process crashed.' };
    expect((await allEvents(queue, first)).at(-1)).toMatchObject({ t: 'failed', error, isRetryable: true });
    await queue.submit('a', second, music());
    expect((await allEvents(queue, second)).at(-1)).toMatchObject({ t: 'done' });
    expect(await queue.stats()).toMatchObject({ failedTotal: 1, doneTotal: 1, runsTotal: 4 });
  });

  test('errors that are not retryable fail the job at once, and unexpected ones are logged', async () => {
    const problems = [
      new EngineError('Too long for this model.', false),
      new RangeError('A mistake of ours.'),
    ];
    const engine = new TestEngine({
      before: ({ run }) => {
        throw problems[run]!;
      },
    });
    const errors: unknown[] = [];
    const url = server.newUrl();
    await work({ url, engine, onUnexpectedError: (error) => errors.push(error) });
    await using queue = await openRedisQueue({ url });
    const ends = [];
    for (const seed of [1, 2]) {
      const id = newJobId();
      await queue.submit('a', id, music({ seed }));
      ends.push((await allEvents(queue, id)).at(-1));
    }
    expect(ends).toMatchObject([
      { t: 'failed', error: { message: 'Too long for this model.' }, isRetryable: false },
      { t: 'failed', error: { name: 'ServerError' }, isRetryable: false },
    ]);
    expect(errors).toContain(problems[1]);
    expect(engine.runs).toHaveLength(2);
  });

  test('a worker whose engine can’t be started leaves runs to others', async () => {
    const [broken, sound] = [new TestEngine(), new TestEngine()];
    broken.startProblem = new EngineError('No weights.', true);
    const url = server.newUrl();
    await work({ url, engine: broken });
    await work({ url, engine: sound });
    await using queue = await openRedisQueue({ url });
    for (const seed of [1, 2, 3]) {
      const id = newJobId();
      await queue.submit(`client ${seed}`, id, music({ seed }));
      expect((await allEvents(queue, id)).at(-1)).toMatchObject({ t: 'done' });
    }
    expect(broken.runs).toHaveLength(0);
    expect(queue.engines()[0]).toMatchObject({ state: 'ready' });
  });

  test('a job whose retried run generates other bytes fails instead of mixing both', async () => {
    const url = server.newUrl();
    const gate = new Gate(({ piece }) => piece === 2);
    const first = await openRunWorker({ url, engine: new TestEngine({ before: gate.before }) });
    await using queue = await openRedisQueue({ url });
    const id = newJobId();
    await queue.submit('a', id, music());
    await gate.reached();
    await first[Symbol.asyncDispose]();
    await work({ url, engine: new TestEngine({ drift: 0.01 }) });
    expect((await allEvents(queue, id)).at(-1)).toMatchObject({
      ...{ t: 'failed', error: { name: 'RunDiffersError' }, isRetryable: true },
    });
    expect(await allAudio(queue, id)).toHaveLength(0);
  });

  test('a job that needs more memory than Redis has fails, and later jobs succeed', async () => {
    const url = server.newUrl();
    const gate = new Gate(({ seed, piece }) => seed === 1 && piece === 1);
    const admin = new Redis(url);
    const engine = new TestEngine({ before: gate.before });
    await work({ url, engine });
    await using queue = await openRedisQueue({ url });
    const [first, second] = [newJobId(), newJobId()];
    await queue.submit('a', first, music({ seconds: 30 }));
    const { signal } = await gate.reached();
    await admin.config('SET', 'maxmemory', '1mb');
    const aborted = once(signal, 'abort');
    gate.release();
    // The run has met the full Redis.
    await aborted;
    await admin.config('SET', 'maxmemory', '0');
    admin.disconnect();
    expect((await allEvents(queue, first)).at(-1)).toMatchObject({
      ...{ t: 'failed', error: { name: 'DiskFullError' }, isRetryable: true },
    });
    await queue.submit('a', second, music({ seed: 2 }));
    expect((await allEvents(queue, second)).at(-1)).toMatchObject({ t: 'done' });
  });

  test('a run that BullMQ has lost is requeued', async () => {
    const url = server.newUrl();
    const worker = await openRunWorker({ url, engine: new TestEngine() });
    await worker[Symbol.asyncDispose]();
    await using queue = await openRedisQueue({ url });
    const id = newJobId();
    await queue.submit('a', id, music());
    // As if the gateway had crashed before it added the run to BullMQ.
    const redis = new Redis(url);
    await redis.del(await redis.keys(`${QUEUE_PREFIX}:test:*`));
    redis.disconnect();
    await work({ url, engine: new TestEngine() });
    expect((await allEvents(queue, id)).at(-1)).toMatchObject({ t: 'done' });
  });

  test('ended jobs are deleted completely after the retention time', async () => {
    const url = server.newUrl();
    const limits = { retentionMs: 300 };
    await work({ url, engine: new TestEngine(), limits });
    await using queue = await openRedisQueue({ url, limits });
    const id = newJobId();
    await queue.submit('a', id, music());
    await eventOf(queue, id, 'done');
    await vi.waitFor(() => expect(queue.state(id)).rejects.toThrow(/no job with this id/), 10_000);
    const redis = new Redis(url);
    await vi.waitFor(async () => {
      const left = [...(await redis.keys(keyOf('job', '*'))), ...(await redis.keys(keyOf('sound', '*')))];
      expect([...left, ...(await redis.keys(keyOf('run', '*')))]).toEqual([]);
    }, 10_000);
    redis.disconnect();
  });
});
