import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { append } from '#lib/job/job.ts';
import { withOptions } from '#lib/job/options.ts';
import { takesOf } from '#lib/job/takes.ts';
import { ProjectStore } from '#lib/projects/project-store.ts';
import { ProjectSession } from '#lib/state/project-session.svelte.ts';
import { makeProject, takeOf } from '../../fixtures/projects/make-project.ts';

const store = new ProjectStore();
const opened: ProjectSession[] = [];

beforeEach(async () => {
  for (const project of await store.list()) await store.setDeleted(project.id, true);
  await store.purge();
});
afterEach(() => {
  vi.restoreAllMocks();
  for (const session of opened.splice(0)) session[Symbol.dispose]();
});

function hold(session: ProjectSession): ProjectSession {
  opened.push(session);
  return session;
}

/** The same project in two tabs, each with a store of its own. */
async function twoTabs(): Promise<[ProjectSession, ProjectSession]> {
  const project = makeProject('Beach');
  await store.add(project);
  const [one, other] = [new ProjectStore(), new ProjectStore()];
  return [
    hold(ProjectSession.resume(one, (await one.load(project.id))!)),
    hold(ProjectSession.resume(other, (await other.load(project.id))!)),
  ];
}
const seeds = (session: ProjectSession) =>
  takesOf(session.project.job)
    .map(({ options }) => options.seed)
    .sort();
const change = (session: ProjectSession, music: string) =>
  session.setOptions(withOptions(session.project.options, 'prompt', { music }));

/** Counts writes of the database by store. */
function countPuts(): () => Record<string, number> {
  const counts: Record<string, number> = {};
  for (const name of ['put', 'add'] as const) {
    const real = IDBObjectStore.prototype[name];
    vi.spyOn(IDBObjectStore.prototype, name).mockImplementation(function (this: IDBObjectStore, ...given) {
      counts[this.name] = (counts[this.name] ?? 0) + 1;
      return real.apply(this, given);
    });
  }
  return () => counts;
}

test('typing 28 characters is at most two writes of the head, and none of an entry', async () => {
  const [session] = await twoTabs();
  const counts = countPuts();
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  for (const at of Array(28).keys()) {
    change(session, 'slow strings over a calm sea'.slice(0, at + 1));
    vi.advanceTimersByTime(150);
  }
  expect(session.saving).toBe('saving');
  vi.advanceTimersByTime(400);
  vi.useRealTimers();
  await expect.poll(() => session.saving).toBe('saved');
  expect(counts()).toEqual({ projects: 1 });
  const { project } = (await store.load(session.project.id))!;
  expect(project.options.all.prompt.music).toBe('slow strings over a calm sea');
});

test('pending changes are written when the page is closed', async () => {
  const [session] = await twoTabs();
  change(session, 'a waltz');
  window.dispatchEvent(new PageTransitionEvent('pagehide'));
  await session.settle();
  expect((await store.load(session.project.id))!.project.options.all.prompt.music).toBe('a waltz');
});

test('changes that a closed page could not write are there when the project is opened again', async () => {
  const [session] = await twoTabs();
  vi.spyOn(IDBObjectStore.prototype, 'put').mockImplementation(() => {
    throw new DOMException('The page is gone.', 'InvalidStateError');
  });
  change(session, 'a waltz');
  session.append(takeOf(5));
  window.dispatchEvent(new PageTransitionEvent('pagehide'));
  session[Symbol.dispose]();
  vi.restoreAllMocks();
  const again = hold(ProjectSession.resume(store, (await store.load(session.project.id))!));
  expect(again.project.options.all.prompt.music).toBe('a waltz');
  expect(seeds(again)).toEqual([5]);
  await again.settle();
  const third = hold(ProjectSession.resume(store, (await store.load(session.project.id))!));
  expect(seeds(third)).toEqual([5]);
});

test('the takes of two tabs are in both, and in a third one that is opened later', async () => {
  const [one, other] = await twoTabs();
  one.append(takeOf(2));
  other.append(takeOf(3));
  await Promise.all([one.settle(), other.settle()]);
  await expect.poll(() => seeds(one)).toEqual([2, 3]);
  await expect.poll(() => seeds(other)).toEqual([2, 3]);
  const third = hold(ProjectSession.resume(store, (await store.load(one.project.id))!));
  expect(seeds(third)).toEqual([2, 3]);
});

test('a new title appears in the other tab; each tab keeps its prompts until the project is opened again', async () => {
  const [one, other] = await twoTabs();
  change(other, 'the words of the other tab');
  one.amend({ title: 'Evening' });
  change(one, 'a waltz');
  await one.settle();
  await expect.poll(() => other.project.title).toBe('Evening');
  expect(other.project.options.all.prompt.music).toBe('the words of the other tab');
  await other.settle();
  const { project } = (await store.load(one.project.id))!;
  expect([project.title, project.options.all.prompt.music]).toEqual([
    'Evening',
    'the words of the other tab',
  ]);
});

test('two tabs that choose a seed at the same time get different ones', async () => {
  const [one, other] = await twoTabs();
  const pick = (session: ProjectSession) =>
    session.exclusively(() => {
      const seed = (session.storedOptions.all.soundtrack.seed ?? 0) + 1;
      session.setOptions(withOptions(session.project.options, 'soundtrack', { seed }));
    });
  await Promise.all([pick(one), pick(other)]);
  const picked = [one, other].map(({ project }) => project.options.all.soundtrack.seed);
  expect(picked.sort()).toEqual([1, 2]);
});

test.each([
  ['the device is full', new DOMException('Full.', 'QuotaExceededError'), 'StorageFullError'],
  ['the database refuses', new DOMException('No.', 'UnknownError'), 'ProjectDatabaseError'],
])('when %s, it is reported at once, nothing is lost, and it is tried again', async (_, error, name) => {
  const [session] = await twoTabs();
  const refuse = vi.spyOn(IDBObjectStore.prototype, 'put').mockImplementation(() => {
    throw error;
  });
  session.append(takeOf(4));
  await expect.poll(() => session.saving).toMatchObject({ name });
  expect((session.saving as { message: string }).message).not.toContain(error.message);
  expect(seeds(session)).toEqual([4]);
  refuse.mockRestore();
  // It is tried again by itself, after a second.
  await expect.poll(() => session.saving, { timeout: 5000 }).toBe('saved');
  const { project } = (await store.load(session.project.id))!;
  expect(takesOf(project.job).map(({ options }) => options.seed)).toEqual([4]);
});

test('a project is stored only with a source', async () => {
  const project = makeProject('Beach');
  const [source] = project.job.entries;
  const session = hold(ProjectSession.begin(store, { ...project, job: { ...project.job, entries: [] } }));
  change(session, 'a waltz');
  await session.settle();
  expect(await store.list()).toEqual([]);
  session.append(source!);
  await session.settle();
  expect(session.saving).toBe('saved');
  const { project: stored } = (await store.load(project.id))!;
  expect(stored.job).toEqual(append({ ...project.job, entries: [] }, source!));
  expect(stored.options.all.prompt.music).toBe('a waltz');
});
