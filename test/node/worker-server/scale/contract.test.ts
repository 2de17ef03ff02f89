import { afterAll, beforeAll, describe, vi } from 'vitest';
import { followingContract } from '../../../fixtures/worker-server/contract/following.ts';
import { jobsContract } from '../../../fixtures/worker-server/contract/jobs.ts';
import { queueContract } from '../../../fixtures/worker-server/contract/queue.ts';
import { sharingContract } from '../../../fixtures/worker-server/contract/sharing.ts';
import { redisStorage } from '../../../fixtures/worker-server/scale/redis-storage.ts';
import { hasRedis, RedisServer } from '../../../fixtures/worker-server/scale/redis-server.ts';

// Slow machines need longer.
vi.setConfig({ testTimeout: 60_000 });

describe.skipIf(!hasRedis())('a queue in Redis (skipped where redis-server is missing)', () => {
  let server: RedisServer;
  beforeAll(async () => {
    server = await RedisServer.start();
  });
  afterAll(() => server[Symbol.asyncDispose]());
  const createStorage = redisStorage(() => server);

  jobsContract(createStorage);
  queueContract(createStorage);
  sharingContract(createStorage);
  followingContract(createStorage);
});
