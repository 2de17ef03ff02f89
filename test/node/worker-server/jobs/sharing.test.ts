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
import { Gate } from '../../../fixtures/worker-server/gate.ts';
import { TestEngine } from '../../../fixtures/worker-server/test-engine.ts';

// A busy machine takes its time.
vi.setConfig({ testTimeout: 60_000 });

test('a finished equal request is answered at once, with the same bytes and without a run', async () => {
  using folder = temporaryFolder();
  const engine = new TestEngine();
  await using desk = openDesk({ dataFolder: folder.path, engines: [engine] });
  const [first, second] = [newJobId(), newJobId()];
  await desk.submit('a', first, music());
  await allEvents(desk, first);
  expect(await desk.submit('b', second, music())).toMatchObject({ status: 'done' });
  expect((await allEvents(desk, second)).map(({ t }) => t)).toEqual(['accepted', 'part', 'done']);
  expect(await allAudio(desk, second)).toEqual(await allAudio(desk, first));
  expect(engine.runs).toHaveLength(1);
  expect(desk.stats()).toMatchObject({ doneTotal: 2, cacheHitsTotal: 1, runsTotal: 1 });
});

test('another seed, other words or other weights are no equal request', async () => {
  using folder = temporaryFolder();
  const engine = new TestEngine();
  {
    await using desk = openDesk({ dataFolder: folder.path, engines: [engine] });
    for (const spec of [{}, { seed: 2 }, { negative: 'drums' }]) {
      const id = newJobId();
      await desk.submit('a', id, music(spec));
      await allEvents(desk, id);
    }
  }
  const newer = new TestEngine({ revision: '2' });
  await using desk = openDesk({ dataFolder: folder.path, engines: [newer] });
  const id = newJobId();
  await desk.submit('a', id, music());
  await allEvents(desk, id);
  expect(engine.runs).toHaveLength(3);
  expect(newer.runs).toHaveLength(1);
});

test('equal requests at the same time share one run, whether it waits or runs, and those who join hear all of it', async () => {
  using folder = temporaryFolder();
  const gate = new Gate(({ part, piece }) => part === 1 && piece === 2);
  const engine = new TestEngine({ before: gate.before });
  await using desk = openDesk({ dataFolder: folder.path, engines: [engine] });
  const ids = [newJobId(), newJobId(), newJobId()] as const;
  const request = music({ effects: 'rain' });
  await desk.submit('a', ids[0], request);
  await gate.reached();
  await desk.submit('b', ids[1], request);
  expect(desk.state(ids[1]).status).toBe('running');
  await desk.submit('c', ids[2], request);
  gate.letGo();
  const events = await Promise.all(ids.map((id) => allEvents(desk, id)));
  expect(events[1]!.slice(0, 4).map(({ t }) => t)).toEqual(['accepted', 'started', 'part', 'part']);
  const sounds = await Promise.all(ids.map((id) => allAudio(desk, id)));
  expect(sounds[1]).toEqual(sounds[0]);
  expect(sounds[2]).toEqual(sounds[0]);
  expect(engine.runs).toHaveLength(1);
  expect(desk.stats()).toMatchObject({ doneTotal: 3, runsTotal: 1 });
});

test('a request that came before the weights were known shares its run with those that come after', async () => {
  using folder = temporaryFolder();
  const gate = new Gate(({ piece }) => piece === 2);
  const loaded = Promise.withResolvers<void>();
  class SlowEngine extends TestEngine {
    override async start(): Promise<void> {
      await loaded.promise;
      await super.start();
    }
  }
  const engine = new SlowEngine({ before: gate.before });
  await using desk = openDesk({ dataFolder: folder.path, engines: [engine] });
  const [early, late] = [newJobId(), newJobId()];
  await desk.submit('a', early, music());
  expect(desk.engines()[0]!.weights).toEqual([]);
  loaded.resolve();
  await gate.reached();
  await desk.submit('b', late, music());
  expect(desk.state(late).status).toBe('running');
  gate.letGo();
  const { result } = await eventOf(desk, late, 'done');
  expect(result.weights).toHaveLength(1);
  expect(engine.runs).toHaveLength(1);
});

test('a cancelled job leaves its run to the others; the last to leave ends it', async () => {
  using folder = temporaryFolder();
  const gate = new Gate(({ run, piece }) => run === 0 && piece === 2);
  const engine = new TestEngine({ before: gate.before });
  await using desk = openDesk({ dataFolder: folder.path, engines: [engine] });
  const [first, second, third] = [newJobId(), newJobId(), newJobId()];
  await desk.submit('a', first, music());
  const { signal } = await gate.reached();
  await desk.submit('b', second, music());
  expect(await desk.cancel(first)).toBe(true);
  expect(await desk.cancel(first)).toBe(false);
  expect(desk.state(first)).toMatchObject({ status: 'cancelled', last: { t: 'cancelled' } });
  expect(signal.aborted).toBe(false);
  expect(await desk.cancel(second)).toBe(true);
  expect(signal.aborted).toBe(true);
  // The same request again: the run that was ended answers nobody.
  await desk.submit('c', third, music());
  expect((await allEvents(desk, third)).at(-1)).toMatchObject({ t: 'done' });
  expect(await allAudio(desk, first)).toHaveLength(0);
  expect(engine.runs).toHaveLength(2);
  expect(desk.stats()).toMatchObject({ cancelledTotal: 2, doneTotal: 1 });
});

test('a waiting job that is cancelled never runs', async () => {
  using folder = temporaryFolder();
  const gate = new Gate(({ seed }) => seed === 1);
  const engine = new TestEngine({ before: gate.before });
  await using desk = openDesk({ dataFolder: folder.path, engines: [engine] });
  const [running, waiting] = [newJobId(), newJobId()];
  await desk.submit('a', running, music());
  await gate.reached();
  await desk.submit('a', waiting, music({ seed: 2 }));
  expect(await desk.cancel(waiting)).toBe(true);
  await desk.cancel(running);
  expect((await allEvents(desk, waiting)).map(({ t }) => t)).toEqual(['accepted', 'cancelled']);
  const later = newJobId();
  await desk.submit('a', later, music({ seed: 3 }));
  await allEvents(desk, later);
  expect(engine.runs.map((spec) => 'seed' in spec && spec.seed)).toEqual([1, 3]);
});

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

test('sound beyond the limit goes, what was asked for the longest ago first, and its job with it', async () => {
  using folder = temporaryFolder();
  const limits = { keptBytes: 2 * 16_044 };
  await using desk = openDesk({ dataFolder: folder.path, engines: [new TestEngine()], limits });
  const ids = [newJobId(), newJobId(), newJobId()] as const;
  for (const [seed, id] of ids.entries()) {
    if (seed === 2) await allAudio(desk, ids[0]);
    await desk.submit('a', id, music({ seed }));
    await allEvents(desk, id);
  }
  expect(() => desk.state(ids[1])).toThrow(/no job with this id/);
  expect(desk.state(ids[0]).status).toBe('done');
  expect(desk.state(ids[2]).status).toBe('done');
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
  expect(() => desk.state(id)).toThrow(/no job with this id/);
  expect(readdirSync(join(folder.path, 'sound'))).toEqual([]);
});
