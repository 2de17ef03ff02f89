import { afterAll, beforeAll, describe, vi } from 'vitest';
import { followingContract } from '../../../fixtures/worker-server/contract/following.ts';
import { jobsContract } from '../../../fixtures/worker-server/contract/jobs.ts';
import { queueContract } from '../../../fixtures/worker-server/contract/queue.ts';
import { sharingContract } from '../../../fixtures/worker-server/contract/sharing.ts';
import { redisPlaces } from '../../../fixtures/worker-server/scale/redis-place.ts';
import { hasRedis, RedisServer } from '../../../fixtures/worker-server/scale/redis-server.ts';

// A busy machine takes its time.
vi.setConfig({ testTimeout: 60_000 });

describe.skipIf(!hasRedis())('a desk in Redis (skipped where redis-server is missing)', () => {
  let server: RedisServer;
  beforeAll(async () => {
    server = await RedisServer.start();
  });
  afterAll(() => server[Symbol.asyncDispose]());
  const newPlace = redisPlaces(() => server);

  jobsContract(newPlace);
  queueContract(newPlace);
  sharingContract(newPlace);
  followingContract(newPlace);
});
