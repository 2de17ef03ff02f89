import { mkdirSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test, vi } from 'vitest';
import { openSqliteQueue } from '../../../../worker-server/jobs/open-sqlite-queue.ts';
import {
  allAudio,
  allEvents,
  eventOf,
  music,
  newJobId,
  temporaryFolder,
} from '../../../fixtures/worker-server/job-helpers.ts';
import { TestEngine } from '../../../fixtures/worker-server/test-engine.ts';
import { createSqliteStorage } from '../../../fixtures/worker-server/contract/sqlite-storage.ts';
import { sharingContract } from '../../../fixtures/worker-server/contract/sharing.ts';

// Slow machines need longer.
vi.setConfig({ testTimeout: 60_000 });

sharingContract(createSqliteStorage);

test('a cached result whose sound file is missing is generated again', async () => {
  using folder = temporaryFolder();
  const engine = new TestEngine();
  await using queue = openSqliteQueue({ dataFolder: folder.path, engines: [engine] });
  const first = newJobId();
  await queue.submit('a', first, music());
  await allEvents(queue, first);
  rmSync(join(folder.path, 'sound'), { recursive: true });
  mkdirSync(join(folder.path, 'sound'));
  const second = newJobId();
  await queue.submit('a', second, music());
  const { result } = await eventOf(queue, second, 'done');
  expect(await allAudio(queue, second)).toHaveLength(result.bytes);
  expect(engine.runs).toHaveLength(2);
});

test('ended jobs and their sound are deleted after the retention time', async () => {
  using folder = temporaryFolder();
  const id = newJobId();
  const engines = [new TestEngine()];
  {
    await using queue = openSqliteQueue({ dataFolder: folder.path, engines });
    await queue.submit('a', id, music());
    await allEvents(queue, id);
  }
  await using queue = openSqliteQueue({ dataFolder: folder.path, engines, limits: { retentionMs: -1 } });
  await expect(queue.state(id)).rejects.toThrow(/no job with this id/);
  expect(readdirSync(join(folder.path, 'sound'))).toEqual([]);
});
