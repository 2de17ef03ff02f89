import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { withOptions } from '#lib/job/options.ts';
import { takeId } from '#lib/job/takes.ts';
import type { Edited } from '#lib/projects/edit-history.ts';
import { ProjectStore } from '#lib/projects/project-store.ts';
import { withMark } from '#lib/projects/take-marks.ts';
import { History } from '#lib/state/history.svelte.ts';
import { ProjectSession } from '#lib/state/project-session.svelte.ts';
import { blobFolder, hasBlob } from '#lib/worker/blob-store.ts';
import { makeProject, takeOf } from '../../fixtures/projects/make-project.ts';

const store = new ProjectStore();
const opened: ProjectSession[] = [];

beforeEach(async () => {
  for (const project of await store.list()) await store.setDeleted(project.id, true);
  await store.purge();
});
afterEach(() => {
  vi.useRealTimers();
  for (const session of opened.splice(0)) session[Symbol.dispose]();
});

/** A stored project, opened in a tab of its own. */
async function openTab(id: string) {
  const own = new ProjectStore();
  const session = ProjectSession.resume(own, (await own.load(id))!);
  opened.push(session);
  const followed: boolean[] = [];
  const history = new History(
    () => session,
    (remakes) => {
      followed.push(remakes);
      return Promise.resolve();
    },
  );
  const words = (music: string): Partial<Edited> => ({
    options: withOptions(session.project.options, 'prompt', { music }),
  });
  return { session, history, followed, words, music: () => session.project.options.all.prompt.music };
}
async function newProject(): Promise<string> {
  const project = makeProject('Beach');
  await store.add(project);
  return project.id;
}

test('edits are undone and redone by name, and sound follows those that it is made for', async () => {
  const { session, history, followed, words, music } = await openTab(await newProject());
  expect([history.undoName, history.redoName]).toEqual([null, null]);
  history.record({ does: 'words', what: 'music' }, words('a waltz'), { run: true });
  history.record({ does: 'rename' }, { title: 'Sea' });
  await history.undo();
  expect([session.project.title, history.undoName, history.redoName]).toEqual([
    'Beach',
    { does: 'words', what: 'music' },
    { does: 'rename' },
  ]);
  await history.undo();
  await history.undo();
  expect([music(), followed]).toEqual([null, [false, true]]);
  await history.redo();
  expect(music()).toBe('a waltz');
});

test('quick edits of the same thing are one step, and none at all when they end where they began', async () => {
  const { session, history, words, music } = await openTab(await newProject());
  vi.useFakeTimers({ toFake: ['Date'] });
  for (const text of ['a', 'a w', 'a wa']) {
    history.record({ does: 'words' }, words(text), { merge: 'music' });
    vi.advanceTimersByTime(1000);
  }
  vi.advanceTimersByTime(300);
  history.record({ does: 'words' }, words('b'), { merge: 'music' });
  history.record({ does: 'words' }, words('c'), { merge: 'other' });
  history.record({ does: 'words' }, words('b'), { merge: 'other' });
  expect(session.history.past).toHaveLength(2);
  await history.undo();
  expect(music()).toBe('a wa');
  history.record({ does: 'words' }, words('d'), { merge: 'music' });
  await history.undo();
  await history.undo();
  expect(music()).toBeNull();
});

test('a history survives a reload; of two tabs the one that saved last is kept', async () => {
  const id = await newProject();
  const one = await openTab(id);
  one.history.record({ does: 'words' }, one.words('a waltz'));
  await one.session.settle();
  const other = await openTab(id);
  expect(other.history.undoName).toEqual({ does: 'words' });
  other.history.record({ does: 'rename' }, { title: 'Sea' });
  one.history.record(
    { does: 'mood' },
    {
      options: withOptions(one.session.project.options, 'prompt', { mood: { valence: 1, arousal: 0 } }),
    },
  );
  await one.session.settle();
  await other.session.settle();
  const third = await openTab(id);
  expect(third.session.history.past.map(({ name }) => name.does)).toEqual(['words', 'rename']);
  await third.history.undo();
  await third.history.undo();
  const { title, options } = third.session.project;
  // What the first tab did after it was not a part of this history, and stays.
  expect([title, options.all.prompt.music, options.all.prompt.mood]).toEqual([
    'Beach',
    null,
    { valence: 1, arousal: 0 },
  ]);
});

test('names and stars of takes are merged over tabs', async () => {
  const id = await newProject();
  const [one, other] = [await openTab(id), await openTab(id)];
  const mark = (tab: typeof one, key: string, name: string) =>
    tab.history.record(
      { does: 'name-take' },
      { takeMarks: withMark(tab.session.project.takeMarks, key, { name }) },
    );
  mark(one, 'a', 'Storm');
  mark(other, 'b', 'Calm');
  await one.session.settle();
  await other.session.settle();
  await expect
    .poll(() => one.session.project.takeMarks)
    .toEqual({ a: { name: 'Storm' }, b: { name: 'Calm' } });
  expect((await store.load(id))!.project.takeMarks).toEqual({ a: { name: 'Storm' }, b: { name: 'Calm' } });
});

test('what only the history names survives the clean-up, and goes with its project', async () => {
  const id = await newProject();
  const { history, session, words } = await openTab(id);
  const blob = `sha256-${'a'.repeat(64)}` as const;
  const writable = await (await (await blobFolder()).getFileHandle(blob, { create: true })).createWritable();
  await writable.write('sound');
  await writable.close();
  history.record({ does: 'words' }, words(blob));
  history.record({ does: 'words' }, words('no sound'));
  await session.settle();
  await store.purge();
  expect(await hasBlob(blob)).toBe(true);
  await store.setDeleted(id, true);
  await store.purge();
  expect(await hasBlob(blob)).toBe(false);
});

test('a take keeps its id when it is edited', () => {
  expect(takeId(takeOf(1))).toBe('take 1');
  expect(takeId(takeOf(1, 'louder'))).toBe(takeId(takeOf(1, 'softer')));
  expect(takeId(takeOf(1, 'louder'))).not.toBe(takeId(takeOf(2, 'louder')));
});
