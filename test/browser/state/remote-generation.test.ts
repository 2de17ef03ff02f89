import { afterEach, expect, test } from 'vitest';
import { takesOf } from '#lib/job/takes.ts';
import { RemoteGeneration } from '#lib/state/remote-generation.svelte.ts';
import type { Server } from '#lib/state/server.svelte.ts';
import { Studio } from '#lib/state/studio.svelte.ts';
import { connectServer, openStudio } from '../../fixtures/open-studio.ts';

const LONG = { timeout: 120_000 };
const opened: { studio: Studio; server: Server; generation: RemoteGeneration }[] = [];

afterEach(() => {
  for (const { studio, server, generation } of opened.splice(0)) {
    generation.leave();
    server.link.close();
    studio.close();
  }
  localStorage.clear();
});

async function open(settings: object = {}, studio?: Studio) {
  const server = await connectServer(settings);
  const made = { studio: studio ?? (await openStudio()), server };
  const one = { ...made, generation: new RemoteGeneration(made.studio, server) };
  opened.push(one);
  return one;
}
const makers = (studio: Studio) =>
  studio.takes.all.map(({ output: { music, effects } }) => [music?.maker.name, effects?.maker.name]);

test('the payload has prompts, length and a seed; after it was sent the take is selected', LONG, async () => {
  const { studio, server, generation } = await open();
  expect(server.generator?.name).toBe('tick');
  const payload = (await generation.prepare())!;
  const { used } = studio.current.prompt!.output;
  expect(payload.spec).toMatchObject({
    engine: 'tick',
    music: used.music,
    effects: used.effects,
    seconds: 2,
  });
  expect(payload.bytes).toBeGreaterThan(JSON.stringify(payload.spec).length);
  expect(generation.isAgreed).toBe(false);
  await generation.send(payload);
  expect([generation.failure, generation.phase]).toEqual([null, null]);
  expect(makers(studio)).toEqual([
    ['synth', 'synth'],
    ['tick', 'tick'],
  ]);
  expect(studio.takes.selected).toMatchObject({ key: generation.made!.key, maker: { where: 'server' } });
  expect([generation.isAgreed, studio.project!.remote]).toEqual([true, null]);
  // Equal prompts need another seed to give other sound.
  expect((await generation.prepare())!.spec.seed).not.toBe(payload.spec.seed);
});

test('the server makes only the music when requested, and this device makes the effects', LONG, async () => {
  const { studio, generation } = await open({ tracks: 'music' });
  const payload = (await generation.prepare())!;
  expect(payload.spec).not.toHaveProperty('effects');
  await generation.send(payload);
  expect(makers(studio).at(-1)).toEqual(['tick', 'synth']);
  expect(studio.takes.selected?.output.score).toMatchObject({ music: null });
});

test(
  'each candidate is a take, and the selection stays when something has changed meanwhile',
  LONG,
  async () => {
    const { studio, generation } = await open({ candidates: 2 });
    const running = generation.send((await generation.prepare())!);
    await studio.edit({ does: 'test' }, { prompt: { music: 'something else' } });
    await running;
    expect(studio.takes.all).toHaveLength(3);
    expect(studio.takes.selected?.maker.where).toBe('device');
    expect(generation.made?.maker.where).toBe('server');
  },
);

test('a cancelled job leaves nothing behind, and another can start', LONG, async () => {
  const { studio, generation } = await open();
  const running = generation.send((await generation.prepare())!);
  await expect.poll(() => generation.phase?.is).not.toBe('asking');
  generation.cancel();
  await running;
  expect([generation.isRunning, generation.failure, studio.project!.remote]).toEqual([false, null, null]);
  expect(studio.takes.all).toHaveLength(1);
});

test('a job survives the page: its take arrives when the project is opened again', LONG, async () => {
  const { studio, generation } = await open();
  const running = generation.send((await generation.prepare())!);
  await expect.poll(() => generation.phase?.is).not.toBe('asking');
  const { id } = studio.project!;
  generation.leave();
  await running;
  await studio.sessions.current!.settle();
  studio.close();
  const again = new Studio();
  await again.openProject(id);
  expect(again.project!.remote).not.toBeNull();
  const { generation: next } = await open({}, again);
  await next.resume();
  expect(takesOf(again.project!.job).at(-1)!.maker.where).toBe('server');
  expect(again.project!.remote).toBeNull();
});

test('an unreachable server gives one sentence, and the selected take stays', LONG, async () => {
  const { studio, server, generation } = await open();
  const payload = (await generation.prepare())!;
  await server.move('http://127.0.0.1:9', '');
  expect(server.state).toBe('away');
  const { key } = studio.takes.selected!;
  const running = generation.send({ ...payload, work: { ...payload.work, job: 'x' } });
  await expect.poll(() => generation.isConnected).toBe(true);
  generation.cancel();
  await running;
  expect(studio.takes.selected?.key).toBe(key);
});
