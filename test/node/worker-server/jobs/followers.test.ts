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

const never = new AbortController().signal;

test('bytes can be had from any offset while they are made, by many at once, and are the same', async () => {
  using folder = temporaryFolder();
  const gate = new Gate(({ part, piece }) => part === 0 && piece === 2);
  await using desk = openDesk({
    dataFolder: folder.path,
    engines: [new TestEngine({ before: gate.before })],
  });
  const id = newJobId();
  await desk.submit('a', id, music({ effects: 'rain' }));
  await gate.reached();
  const offsets = [0, 1, 43, 44, 45, 5000, 8044, 16_044, 20_000, 32_088, 99_999];
  const heard = offsets.map((offset) => allAudio(desk, id, offset));
  const crowd = Array.from({ length: 100 }, () => allAudio(desk, id));
  gate.letGo();
  const all = await allAudio(desk, id);
  expect(all).toHaveLength(32_088);
  for (const [index, bytes] of (await Promise.all(heard)).entries()) {
    expect(bytes.equals(all.subarray(offsets[index])), `offset ${offsets[index]}`).toBe(true);
  }
  for (const bytes of await Promise.all(crowd)) expect(bytes.equals(all)).toBe(true);
});

test('what is made is heard before the run has ended', async () => {
  using folder = temporaryFolder();
  const gate = new Gate(({ piece }) => piece === 2);
  await using desk = openDesk({
    dataFolder: folder.path,
    engines: [new TestEngine({ before: gate.before })],
  });
  const id = newJobId();
  await desk.submit('a', id, music());
  await gate.reached();
  let bytes = 0;
  for await (const piece of desk.audio(id, 0, never)) {
    bytes += piece.length;
    if (bytes === 44 + 8000) break;
  }
  expect(desk.state(id).status).toBe('running');
});

test('pieces are at most 64 KiB, and a listener who stops in between goes on where he was', async () => {
  using folder = temporaryFolder();
  await using desk = openDesk({ dataFolder: folder.path, engines: [new TestEngine()] });
  const id = newJobId();
  await desk.submit('a', id, music({ seconds: 30 }));
  const pieces = desk.audio(id, 0, never)[Symbol.asyncIterator]();
  const first = (await pieces.next()).value as Uint8Array;
  await eventOf(desk, id, 'done');
  const heard = [first];
  for (let next = await pieces.next(); !next.done; next = await pieces.next()) heard.push(next.value);
  expect(Math.max(...heard.map(({ length }) => length))).toBe(65_536);
  expect(Buffer.concat(heard).equals(await allAudio(desk, id))).toBe(true);
});

test('a follower who is aborted ends with the reason, wherever he waits', async () => {
  using folder = temporaryFolder();
  const gate = new Gate(() => true);
  await using desk = openDesk({
    dataFolder: folder.path,
    engines: [new TestEngine({ before: gate.before })],
  });
  const id = newJobId();
  await desk.submit('a', id, music());
  await gate.reached();
  const controller = new AbortController();
  const events = Array.fromAsync(desk.events(id, 0, controller.signal));
  const bytes = Array.fromAsync(desk.audio(id, 0, controller.signal));
  controller.abort(new DOMException('The socket is gone.', 'AbortError'));
  await expect(events).rejects.toThrow('The socket is gone.');
  await expect(bytes).rejects.toThrow('The socket is gone.');
  expect(desk.state(id).status).toBe('running');
});

test('the end of the desk ends all followers quietly', async () => {
  using folder = temporaryFolder();
  const gate = new Gate(() => true);
  const desk = openDesk({ dataFolder: folder.path, engines: [new TestEngine({ before: gate.before })] });
  const id = newJobId();
  await desk.submit('a', id, music());
  await gate.reached();
  const events = allEvents(desk, id);
  const bytes = allAudio(desk, id);
  await desk[Symbol.asyncDispose]();
  expect((await events).map(({ t }) => t)).toEqual(['accepted', 'started']);
  expect(await bytes).toHaveLength(0);
});

test('an event is heard by all who follow, from where each of them stopped', async () => {
  using folder = temporaryFolder();
  await using desk = openDesk({ dataFolder: folder.path, engines: [new TestEngine()] });
  const id = newJobId();
  await desk.submit('a', id, music());
  const all = await allEvents(desk, id);
  for (const after of all.keys()) expect(await allEvents(desk, id, after)).toEqual(all.slice(after));
  expect(await allEvents(desk, id, 1000)).toEqual([]);
});
