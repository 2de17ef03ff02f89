import { describe, expect, test, vi } from 'vitest';
import { expectedSound, followRemote, sha256 } from '../../../fixtures/server/follow-remote.ts';
import { metric, startFarm } from '../../../fixtures/worker-server/scale/farm.ts';
import { checkOneEnd, followMany } from '../../../fixtures/worker-server/scale/follow-many.ts';
import { forgetInTurn, killInTurn } from '../../../fixtures/worker-server/scale/kill-in-turn.ts';
import { hasRedis } from '../../../fixtures/worker-server/scale/redis-server.ts';

vi.setConfig({ testTimeout: 240_000 });

const jobs = (count: number) => Array.from({ length: count }, (_, seed) => ({ seconds: 4, seed }));

describe.skipIf(!hasRedis())('gateways, workers and Redis are killed (skipped without redis-server)', () => {
  test('200 jobs of two gateways and three workers all arrive, byte for byte and once', async ({
    signal,
  }) => {
    await using farm = await startFarm({ gateways: 2, workers: 3, blockMs: 12 });
    const stop = new AbortController();
    const killing = killInTurn(farm, AbortSignal.any([stop.signal, signal]));
    const { ids } = await followMany(farm.balancer.port, jobs(200), 24);
    stop.abort();
    const kills = await killing;
    const port = farm.ports[0]!;
    await vi.waitFor(() => metric(port, 'immersivaudio_workers'), 10_000);
    for (const id of ids) await checkOneEnd(port, id);
    expect(ids).toHaveLength(200);
    expect(Math.min(kills.worker, kills.gateway, kills.redis)).toBeGreaterThanOrEqual(1);
    // Nothing is made twice but what was under way when its worker or Redis died.
    const runs = await metric(port, 'immersivaudio_runs_total');
    expect(runs).toBeGreaterThanOrEqual(200);
    expect(runs).toBeLessThanOrEqual(200 + kills.worker + 3 * kills.redis);
  });

  test('a job whose worker is killed is made by another one within 15 s, and its listener at another gateway goes on', async () => {
    await using farm = await startFarm({ gateways: 2, workers: 1, blockMs: 20 });
    await using other = new AsyncDisposableStack();
    const spec = { seconds: 20, seed: 5 };
    let killedAt = 0;
    let goesOnAt = 0;
    const killing: Promise<void>[] = [];
    const kill = async () => {
      // This one has nothing to do yet.
      other.use(await farm.startWorker());
      await Promise.all([farm.workers[0]!.stop(), farm.gateways[0]!.stop()]);
      killedAt = performance.now();
    };
    const { sound, restarts } = await followRemote(farm.balancer.port, spec, ({ t }) => {
      if (t === 'progress' && killing.length === 0) killing.push(kill());
      if (t === 'started' && killedAt > 0) goesOnAt = performance.now();
    });
    await Promise.all(killing);
    expect(sha256(sound)).toBe(sha256(expectedSound(spec)));
    expect(restarts).toBe(0);
    expect(goesOnAt - killedAt).toBeGreaterThan(0);
    expect(goesOnAt - killedAt).toBeLessThan(15_000);
    expect(await metric(farm.ports[1]!, 'immersivaudio_runs_total')).toBe(2);
  });

  test('a Redis that forgets its last moments costs time and no byte', async ({ signal }) => {
    await using farm = await startFarm({ gateways: 2, workers: 2, blockMs: 8 });
    const stop = new AbortController();
    const forgetting = forgetInTurn(farm, AbortSignal.any([stop.signal, signal]));
    const { ids } = await followMany(farm.balancer.port, jobs(60), 8);
    stop.abort();
    expect(await forgetting).toBeGreaterThanOrEqual(3);
    expect(ids).toHaveLength(60);
  });
});
