import { describe, expect, test, vi } from 'vitest';
import { expectedSound, followRemote, sha256 } from '../../../fixtures/server/follow-remote.ts';
import { metric, startCluster } from '../../../fixtures/worker-server/scale/cluster.ts';
import { expectSingleEnd, followMany } from '../../../fixtures/worker-server/scale/follow-many.ts';
import { killInTurn, loseWritesInTurn } from '../../../fixtures/worker-server/scale/kill-in-turn.ts';
import { Progress } from '../../../fixtures/worker-server/scale/progress.ts';
import { hasRedis } from '../../../fixtures/worker-server/scale/redis-server.ts';

vi.setConfig({ testTimeout: 240_000 });

const jobs = (count: number) => Array.from({ length: count }, (_, seed) => ({ seconds: 4, seed }));

describe.skipIf(!hasRedis())('gateways, workers and Redis are killed (skipped without redis-server)', () => {
  test('200 jobs through two gateways and three workers all complete once, with the right bytes', async ({
    signal,
  }) => {
    await using cluster = await startCluster({ gateways: 2, workers: 3, blockMs: 12 });
    const stop = new AbortController();
    const progress = new Progress();
    const killing = killInTurn(cluster, progress, AbortSignal.any([stop.signal, signal]));
    const { ids } = await followMany(cluster.balancer.port, jobs(200), 24, progress);
    stop.abort();
    const kills = await killing;
    const port = cluster.ports[0]!;
    await vi.waitFor(() => metric(port, 'immersivaudio_workers'), 10_000);
    for (const id of ids) await expectSingleEnd(port, id);
    expect(ids).toHaveLength(200);
    expect(Math.min(kills.worker, kills.gateway, kills.redis)).toBeGreaterThanOrEqual(1);
    // Only runs in progress are repeated when their worker or Redis is killed.
    const runs = await metric(port, 'immersivaudio_runs_total');
    expect(runs).toBeGreaterThanOrEqual(200);
    expect(runs).toBeLessThanOrEqual(200 + kills.worker + 3 * kills.redis);
  });

  test('a job whose worker is killed starts at another one within 15 s, and its client resumes at another gateway', async () => {
    await using cluster = await startCluster({ gateways: 2, workers: 1, blockMs: 20 });
    await using other = new AsyncDisposableStack();
    const spec = { seconds: 20, seed: 5 };
    let killedAt = 0;
    let resumedAt = 0;
    const killing: Promise<void>[] = [];
    const kill = async () => {
      // An idle worker that can take over.
      other.use(await cluster.startWorker());
      await Promise.all([cluster.workers[0]!.stop(), cluster.gateways[0]!.stop()]);
      killedAt = performance.now();
    };
    const { sound, restarts } = await followRemote(cluster.balancer.port, spec, ({ t }) => {
      if (t === 'progress' && killing.length === 0) killing.push(kill());
      if (t === 'started' && killedAt > 0) resumedAt = performance.now();
    });
    await Promise.all(killing);
    expect(sha256(sound)).toBe(sha256(expectedSound(spec)));
    expect(restarts).toBe(0);
    expect(resumedAt - killedAt).toBeGreaterThan(0);
    expect(resumedAt - killedAt).toBeLessThan(15_000);
    expect(await metric(cluster.ports[1]!, 'immersivaudio_runs_total')).toBe(2);
  });

  test('a Redis that loses its last writes costs time, but no bytes', async ({ signal }) => {
    await using cluster = await startCluster({ gateways: 2, workers: 2, blockMs: 8 });
    const stop = new AbortController();
    const progress = new Progress();
    const losing = loseWritesInTurn(cluster, progress, AbortSignal.any([stop.signal, signal]));
    const { ids } = await followMany(cluster.balancer.port, jobs(60), 8, progress);
    stop.abort();
    expect(await losing).toBeGreaterThanOrEqual(3);
    expect(ids).toHaveLength(60);
  });
});
