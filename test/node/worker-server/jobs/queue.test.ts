import { expect, test, vi } from 'vitest';
import { fairOrder, turnOf } from '../../../../worker-server/jobs/fair-order.ts';
import type { JobDesk } from '../../../../worker-server/jobs/job-desk.ts';
import { openDesk } from '../../../../worker-server/jobs/open-desk.ts';
import {
  allEvents,
  eventOf,
  music,
  newJobId,
  temporaryFolder,
} from '../../../fixtures/worker-server/desk-visit.ts';
import { Gate } from '../../../fixtures/worker-server/gate.ts';
import { TestEngine } from '../../../fixtures/worker-server/test-engine.ts';

// A busy machine takes its time.
vi.setConfig({ testTimeout: 60_000 });

async function submitAll(desk: JobDesk, clients: string): Promise<string[]> {
  const ids: string[] = [];
  for (const [index, client] of [...clients].entries()) {
    const id = newJobId();
    ids.push(id);
    await desk.submit(client, id, music({ seed: index }));
  }
  return ids;
}

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

test('runs begin in the fair order, one at a time, and those who wait hear of their new positions', async () => {
  using folder = temporaryFolder();
  const gate = new Gate(({ seed, part, piece }) => seed === 0 && part + piece === 0);
  let most = 0;
  let now = 0;
  const engine = new TestEngine({
    before: async (point) => {
      if (point.part + point.piece === 0) most = Math.max(most, ++now);
      if (point.part === 1) now--;
      await gate.before(point);
    },
  });
  await using desk = openDesk({ dataFolder: folder.path, engines: [engine], limits: { paceMs: 1 } });
  const ids = await submitAll(desk, 'aaabbc');
  const first = await Promise.all(ids.map((id) => eventOf(desk, id, 'accepted')));
  // The third of "a" was overtaken by "b" and "c", who came later.
  expect(first.map(({ position }) => position)).toEqual([0, 1, 2, 1, 3, 2]);
  const third = desk.events(ids[2]!, 1, AbortSignal.timeout(60_000))[Symbol.asyncIterator]();
  expect((await third.next()).value).toMatchObject({ t: 'queued', position: 3 });
  await gate.reached();
  gate.letGo();
  const all = await Promise.all(ids.map((id) => allEvents(desk, id)));
  expect(engine.runs.map((spec) => 'seed' in spec && spec.seed)).toEqual([0, 3, 5, 1, 4, 2]);
  expect(most).toBe(1);
  for (const events of all) expect(events.map(({ seq }) => seq)).toEqual(events.map((_, index) => index + 1));
});

test('a client has a share of the queue, the queue has an end, and both say when to come again', async () => {
  using folder = temporaryFolder();
  const gate = new Gate(({ seed }) => seed === 0);
  const engines = [new TestEngine({ before: gate.before })];
  await using desk = openDesk({ dataFolder: folder.path, engines, limits: { queued: 5 } });
  const submit = (client: string, seed: number) => desk.submit(client, newJobId(), music({ seed }));
  await submit('a', 0);
  await gate.reached();
  for (const seed of [1, 2, 3]) await submit('a', seed);
  expect(desk.stats()).toMatchObject({ running: 1, queued: 3 });
  await expect(submit('a', 4)).rejects.toMatchObject({ name: 'QueueFullError', retryAfterMs: 10_000 });
  // Nor may he join what runs already: that is a job, too.
  await expect(submit('a', 0)).rejects.toMatchObject({ name: 'QueueFullError' });
  await submit('b', 5);
  await submit('c', 6);
  await expect(submit('d', 7)).rejects.toThrow('5 jobs wait already');
  // Joining takes no place in the queue.
  await submit('d', 0);
  expect(desk.stats()).toMatchObject({ running: 2, queued: 5 });
});

test('one client’s jobs run one after another, on other engines too, while others go ahead', async () => {
  using folder = temporaryFolder();
  const gate = new Gate(() => true);
  const [one, other] = [new TestEngine({ before: gate.before }), new TestEngine({ name: 'other' })];
  await using desk = openDesk({ dataFolder: folder.path, engines: [one, other] });
  const [first, second, third] = [newJobId(), newJobId(), newJobId()];
  await desk.submit('a', first, music());
  await gate.reached();
  await desk.submit('a', second, music({ engine: 'other' }));
  await desk.submit('b', third, music({ engine: 'other', seed: 2 }));
  await allEvents(desk, third);
  expect(desk.state(second).status).toBe('queued');
  await desk.cancel(first);
  expect((await allEvents(desk, second)).at(-1)).toMatchObject({ t: 'done' });
});

test('the time until the result is unknown until a run of its kind was measured, and is remembered over a restart', async () => {
  using folder = temporaryFolder();
  {
    await using desk = openDesk({ dataFolder: folder.path, engines: [new TestEngine()] });
    const [first, second] = [newJobId(), newJobId()];
    await desk.submit('a', first, music());
    expect(await eventOf(desk, first, 'accepted')).toMatchObject({ etaMs: null });
    const { result } = await eventOf(desk, first, 'done');
    await desk.submit('a', second, music({ seed: 2 }));
    expect(await eventOf(desk, second, 'accepted')).toMatchObject({ etaMs: result.ranMs });
    await allEvents(desk, second);
  }
  await using desk = openDesk({ dataFolder: folder.path, engines: [new TestEngine()] });
  const [near, far] = [newJobId(), newJobId()];
  await desk.submit('a', near, music({ seed: 3, seconds: 1.1 }));
  await desk.submit('b', far, music({ seed: 4, seconds: 30 }));
  expect((await eventOf(desk, near, 'accepted')).etaMs).toBeTypeOf('number');
  expect((await eventOf(desk, far, 'accepted')).etaMs).toBeNull();
});
