import { expect, test, vi } from 'vitest';
import { fairOrder, startTag } from '../../../../worker-server/jobs/fair-queue.ts';
import { openSqliteQueue } from '../../../../worker-server/jobs/open-sqlite-queue.ts';
import { allEvents, music, newJobId, temporaryFolder } from '../../../fixtures/worker-server/job-helpers.ts';
import { Gate } from '../../../fixtures/worker-server/gate.ts';
import { TestEngine } from '../../../fixtures/worker-server/test-engine.ts';
import { createSqliteStorage } from '../../../fixtures/worker-server/contract/sqlite-storage.ts';
import { queueContract } from '../../../fixtures/worker-server/contract/queue.ts';

// Slow machines need longer.
vi.setConfig({ testTimeout: 60_000 });

queueContract(createSqliteStorage);

test('a client’s jobs get increasing start tags, and an idle client accumulates no credit', () => {
  expect(startTag(null, 0)).toBe(0);
  expect(startTag(0, 0)).toBe(1);
  expect(startTag(null, 7)).toBe(7);
  expect(startTag(3, 7)).toBe(7);
});

test('runs start by start tag, then by age; a shared run has the best place of its jobs', () => {
  const waiting = [
    { run: 1, startTag: 1, ordinal: 1 },
    { run: 2, startTag: 2, ordinal: 2 },
    { run: 3, startTag: 1, ordinal: 3 },
    { run: 2, startTag: 0, ordinal: 4 },
  ];
  expect(fairOrder(waiting)).toEqual([2, 1, 3]);
});

test('a client’s jobs run one after another across all engines, without blocking other clients', async () => {
  using folder = temporaryFolder();
  const gate = new Gate(() => true);
  const [one, other] = [new TestEngine({ before: gate.before }), new TestEngine({ name: 'other' })];
  await using queue = openSqliteQueue({ dataFolder: folder.path, engines: [one, other] });
  const [first, second, third] = [newJobId(), newJobId(), newJobId()];
  await queue.submit('a', first, music());
  await gate.reached();
  await queue.submit('a', second, music({ engine: 'other' }));
  await queue.submit('b', third, music({ engine: 'other', seed: 2 }));
  await allEvents(queue, third);
  expect((await queue.state(second)).status).toBe('queued');
  await queue.cancel(first);
  expect((await allEvents(queue, second)).at(-1)).toMatchObject({ t: 'done' });
});
