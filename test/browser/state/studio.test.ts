import { afterEach, beforeEach, expect, test } from 'vitest';
import { findEntry } from '#lib/job/job.ts';
import { optionsByStep } from '#lib/job/options.ts';
import { takesOf } from '#lib/job/takes.ts';
import { Studio } from '#lib/state/studio.svelte.ts';
import { blobFolder } from '#lib/worker/blob-store.ts';
import { makeVideo } from '../../fixtures/media/make-video.ts';

const LONG = { timeout: 120_000 };
const MUSIC = optionsByStep({ soundtrack: { kind: 'music' } });
let studio: Studio;

beforeEach(async () => {
  studio = new Studio();
  for (const { id } of await studio.store.list()) await studio.store.setDeleted(id, true);
  await studio.store.purge();
});
afterEach(() => studio.close());

const video = (name = 'beach.mp4') => makeVideo({ frames: 20, frameRate: 10 }, name);
const seeds = () => studio.takes.all.map(({ options }) => options.seed);

async function reopen(): Promise<void> {
  const { id } = studio.project!;
  await studio.sessions.current!.settle();
  studio.close();
  studio = new Studio();
  await studio.openProject(id);
}

test('a file becomes a project with a take, which is there when it is opened again', LONG, async () => {
  await studio.open(await video(), MUSIC);
  expect(studio.failure).toBeNull();
  expect(studio.project).toMatchObject({ title: 'beach', poster: expect.any(String) as string });
  expect([seeds(), studio.isUpToDate, studio.isStale]).toEqual([[null], true, false]);
  expect(studio.takes.selected?.output.effects).toBeNull();
  const before = studio.project!;
  await reopen();
  expect(studio.project!.job).toEqual(before.job);
  expect(studio.current.assemble?.key).toBe(before.job.entries.at(-1)!.key);
  expect([studio.isRunning, studio.sourceFile.isMissing]).toEqual([false, false]);
});

test('an unusable file leaves the start screen with one sentence, and nothing stored', LONG, async () => {
  await studio.open(new File(['Dear diary'], 'diary.txt'));
  expect(studio.project).toBeNull();
  expect(studio.failure?.name).toBe('SourceError');
  expect(await studio.store.list()).toEqual([]);
  studio.dismiss();
  expect(studio.failure).toBeNull();
});

test(
  'changed prompts make the take stale but keep it selected; takes are recalled and flipped',
  LONG,
  async () => {
    await studio.open(await video(), MUSIC);
    const first = studio.takes.selected!;
    await studio.edit({ does: 'test' }, { prompt: { music: 'a slow waltz' } });
    expect([studio.isStale, studio.takes.selected]).toEqual([true, first]);
    expect(studio.takeEntries.soundtrack?.key).toBe(first.key);
    await studio.run();
    const second = studio.takes.selected!;
    expect([studio.isStale, second.key === first.key]).toEqual([false, false]);
    await studio.takeEditor.recall(first);
    expect([studio.takes.selected?.key, studio.takes.previous?.key]).toEqual([first.key, second.key]);
    expect(studio.project!.options.all.prompt.music).toBeNull();
    await studio.takeEditor.flip();
    expect(studio.takes.selected?.key).toBe(second.key);
    expect(studio.project!.options.all.prompt.music).toBe('a slow waltz');
  },
);

test('the film is made from the selected take, whatever has changed since', LONG, async () => {
  await studio.open(await video(), MUSIC);
  const take = studio.takes.selected!;
  await studio.edit({ does: 'test' }, { prompt: { music: 'a slow waltz' } });
  expect(await studio.run('film')).toBe(true);
  expect(seeds()).toEqual([null]);
  const { film, assemble } = studio.takeEntries;
  expect(film?.inputs['assemble']).toBe(assemble?.key);
  expect(assemble?.inputs['soundtrack']).toBe(take.key);
  expect(studio.current.film).toBeUndefined();
  await studio.edit({ does: 'test' }, { mix: { balance: 0.1, loudnessLufs: -20 } });
  expect(studio.takeEntries.film).toBeUndefined();
  expect(await studio.run('mix')).toBe(true);
  expect(studio.takeEntries.mix?.options.loudnessLufs).toBe(-20);
});

test('another take has another seed; a cancelled run keeps finished steps', LONG, async () => {
  await studio.open(await video(), MUSIC);
  await studio.takeEditor.another();
  expect(seeds()).toEqual([null, expect.any(Number)]);
  await studio.edit({ does: 'length' }, { length: { durationSeconds: 20 } });
  const running = studio.run();
  studio.cancel();
  await running;
  expect([studio.isRunning, studio.failure, studio.goal]).toEqual([false, null, null]);
  expect(Object.values(studio.steps).some(({ is }) => is === 'running')).toBe(false);
  expect(seeds()).toEqual([null, expect.any(Number)]);
});

test('an undone edit brings back the take that it was made from, without rendering', LONG, async () => {
  await studio.open(await video(), MUSIC);
  const first = studio.takes.selected!;
  const waltz = { prompt: { music: 'a slow waltz' } };
  await studio.edit({ does: 'words', what: 'music' }, waltz, { run: true });
  expect([studio.isStale, studio.isUpToDate, studio.isUpdating]).toEqual([false, false, true]);
  await expect.poll(() => studio.takes.all.length, LONG).toBe(2);
  const { score } = studio.takes.selected!.output;
  for (const seed of [11, 12])
    await studio.edit({ does: 'score' }, { soundtrack: { score: { ...score!, seed } } }, { run: true });
  await studio.run();
  const entries = studio.project!.job.entries.length;
  await studio.edit({ does: 'score' }, { soundtrack: { score: { ...score!, seed: 13 } } }, { run: true });
  await studio.run();
  expect(studio.takes.all).toHaveLength(3);
  await studio.history.undo();
  expect(studio.takes.selected?.options.score?.seed).toBe(12);
  expect(studio.takes.all).toHaveLength(3);
  for (let times = 0; times < 3; times++) await studio.history.undo();
  expect([studio.takes.selected?.key, studio.isUpToDate]).toEqual([first.key, true]);
  await studio.history.redo();
  expect(studio.takes.selected?.output.score).toEqual(score);
  expect(studio.history.redoName).toEqual({ does: 'score' });
  expect([studio.isUpdating, studio.project!.job.entries.length]).toEqual([false, entries + 1]);
  await reopen();
  expect(studio.history.undoName).toEqual({ does: 'words', what: 'music' });
  await studio.history.undo();
  expect(studio.takes.selected?.key).toBe(first.key);
});

test('an edit that was undone is not made any more; one after a reload is', LONG, async () => {
  await studio.open(await video(), MUSIC);
  const first = studio.takes.selected!;
  await studio.edit({ does: 'kind' }, { soundtrack: { kind: 'both' } }, { run: true });
  await studio.history.undo();
  await new Promise((resolve) => setTimeout(resolve, 600));
  expect([studio.isRunning, studio.takes.all]).toEqual([false, [first]]);
  await reopen();
  await studio.history.redo();
  await expect.poll(() => studio.takes.selected?.options.kind, LONG).toBe('both');
});

test('of edits in quick succession the last is made', LONG, async () => {
  await studio.open(await video(), MUSIC);
  const words = (music: string) => studio.edit({ does: 'words' }, { prompt: { music } }, { run: true });
  await Promise.all([words('a waltz'), words('a slow waltz')]);
  await expect.poll(() => studio.takes.all.length, LONG).toBe(2);
  expect([studio.isUpToDate, studio.current.prompt?.output.used.music]).toEqual([true, 'a slow waltz']);
});

test('choosing takes, one after the other, is one step; another take is one', LONG, async () => {
  await studio.open(await video(), MUSIC);
  await studio.takeEditor.another();
  const [first, second] = studio.takes.all;
  await studio.takeEditor.recall(first!);
  await studio.takeEditor.flip();
  await studio.takeEditor.recall(first!);
  await studio.history.undo();
  expect([studio.takes.selected?.key, studio.history.undoName]).toEqual([
    second!.key,
    { does: 'another-take' },
  ]);
  await studio.history.undo();
  expect([studio.takes.selected?.key, studio.history.undoName]).toEqual([first!.key, null]);
});

test('a server’s take is made on this device only when the user requests new sound', LONG, async () => {
  await studio.open(await video(), MUSIC);
  const asked = { engine: 'tiny', candidates: 1, steps: 25, guidance: 3.5, candidate: 0 };
  await studio.edit({ does: 'test' }, { soundtrack: { music: { generator: 'server', ...asked } } });
  expect(studio.isStale).toBe(true);
  await studio.run('film');
  expect(studio.project!.options.all.soundtrack.music.generator).toBe('server');
  await studio.run();
  expect(studio.project!.options.all.soundtrack.music).toEqual({ generator: 'synth' });
});

test('a server’s description is valid for its frame, until another describer is used', LONG, async () => {
  await studio.open(await video(), MUSIC);
  const { id, options } = studio.project!;
  const maker = { where: 'server', name: 'tick', title: 'Tick', isPreview: true, weights: [] } as const;
  const result = { output: { text: 'A beach.' }, maker: { ...maker, weights: [] } };
  await studio.addDescription(id, options, result);
  expect(studio.current.description).toMatchObject({ output: { text: 'A beach.' }, maker });
  await studio.run('prompt');
  expect(studio.current.prompt!.output.made.music).toMatch(/a beach/i);
  await studio.edit({ does: 'test' }, { prompt: { description: 'My own words' } });
  expect(studio.current.description?.maker.where).toBe('server');
  await studio.edit(
    { does: 'describe' },
    { prompt: { description: null }, description: { describer: 'rules' } },
    { run: true },
  );
  await studio.run();
  expect(studio.current.description?.maker.name).toBe('rules');
  expect(studio.project!.options.all.prompt.description).toBeNull();
});

test(
  'sound that the browser has cleared is rendered again with the same samples when the project is opened',
  LONG,
  async () => {
    await studio.open(await video(), MUSIC);
    const { blob } = studio.takes.selected!.output.music!.stem;
    await (await blobFolder()).removeEntry(blob);
    await reopen();
    expect(await (await (await blobFolder()).getFileHandle(blob)).getFile()).toBeInstanceOf(File);
    expect(takesOf(studio.project!.job)).toHaveLength(1);
  },
);

test('a cleared source file is asked for, and accepted only when it is the same', LONG, async () => {
  const file = await video();
  await studio.open(file, MUSIC);
  const source = findEntry(studio.project!.job, 'source')!.output;
  await (await blobFolder()).removeEntry(source.blob);
  await reopen();
  expect(studio.sourceFile.isMissing).toBe(true);
  await studio.restoreSource(await makeVideo({ frames: 5 }, 'other.mp4'));
  expect([studio.sourceFile.isMissing, studio.failure?.name]).toEqual([true, 'OtherSourceError']);
  await studio.restoreSource(new File([file], 'renamed.mp4'));
  expect([studio.sourceFile.isMissing, studio.failure]).toEqual([false, null]);
});
