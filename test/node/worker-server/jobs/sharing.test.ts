import { mkdirSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test, vi } from 'vitest';
import { openDesk } from '../../../../worker-server/jobs/open-desk.ts';
import {
  allAudio,
  allEvents,
  eventOf,
  music,
  newJobId,
  temporaryFolder,
} from '../../../fixtures/worker-server/desk-visit.ts';
import { TestEngine } from '../../../fixtures/worker-server/test-engine.ts';
import { embeddedPlace } from '../../../fixtures/worker-server/contract/embedded-place.ts';
import { sharingContract } from '../../../fixtures/worker-server/contract/sharing.ts';

// A busy machine takes its time.
vi.setConfig({ testTimeout: 60_000 });

sharingContract(embeddedPlace);

test('a cached answer whose sound is gone from the disk is made anew', async () => {
  using folder = temporaryFolder();
  const engine = new TestEngine();
  await using desk = openDesk({ dataFolder: folder.path, engines: [engine] });
  const first = newJobId();
  await desk.submit('a', first, music());
  await allEvents(desk, first);
  rmSync(join(folder.path, 'sound'), { recursive: true });
  mkdirSync(join(folder.path, 'sound'));
  const second = newJobId();
  await desk.submit('a', second, music());
  const { result } = await eventOf(desk, second, 'done');
  expect(await allAudio(desk, second)).toHaveLength(result.bytes);
  expect(engine.runs).toHaveLength(2);
});

test('ended jobs are forgotten after their time, and their sound with them', async () => {
  using folder = temporaryFolder();
  const id = newJobId();
  const engines = [new TestEngine()];
  {
    await using desk = openDesk({ dataFolder: folder.path, engines });
    await desk.submit('a', id, music());
    await allEvents(desk, id);
  }
  await using desk = openDesk({ dataFolder: folder.path, engines, limits: { keptMs: -1 } });
  await expect(desk.state(id)).rejects.toThrow(/no job with this id/);
  expect(readdirSync(join(folder.path, 'sound'))).toEqual([]);
});
