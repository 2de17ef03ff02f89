import { expect, test, vi } from 'vitest';
import { fairOrder, turnOf } from '../../../../worker-server/jobs/fair-order.ts';
import { openSqliteQueue } from '../../../../worker-server/jobs/open-sqlite-queue.ts';
import { allEvents, music, newJobId, temporaryFolder } from '../../../fixtures/worker-server/job-helpers.ts';
import { Gate } from '../../../fixtures/worker-server/gate.ts';
import { TestEngine } from '../../../fixtures/worker-server/test-engine.ts';
import { createSqliteStorage } from '../../../fixtures/worker-server/contract/sqlite-storage.ts';
import { queueContract } from '../../../fixtures/worker-server/contract/queue.ts';

// A busy machine takes its time.
vi.setConfig({ testTimeout: 60_000 });

queueContract(createSqliteStorage);

test('a client’s jobs have turns one after another, and whoever comes late saved up none', () => {
  expect(turnOf(null, 0)).toBe(0);
  expect(turnOf(0, 0)).toBe(1);
  expect(turnOf(null, 7)).toBe(7);
  expect(turnOf(3, 7)).toBe(7);
});

test('runs are served by turn, then by age; one that several share has their best place', () => {
  const waiting = [
    { run: 1, turn: 1, ordinal: 1 },
    { run: 2, turn: 2, ordinal: 2 },
    { run: 3, turn: 1, ordinal: 3 },
    { run: 2, turn: 0, ordinal: 4 },
  ];
  expect(fairOrder(waiting)).toEqual([2, 1, 3]);
});

test('one client’s jobs run one after another, on other engines too, while others go ahead', async () => {
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
