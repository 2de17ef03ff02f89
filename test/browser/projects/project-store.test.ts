import { openDB } from 'idb';
import { beforeEach, expect, test } from 'vitest';
import type { Entry } from '#lib/job/entry.ts';
import { append } from '#lib/job/job.ts';
import { withOptions } from '#lib/job/options.ts';
import { takesOf } from '#lib/job/takes.ts';
import { changeBetween } from '#lib/projects/project-change.ts';
import type { Project } from '#lib/projects/project.ts';
import { ProjectStore } from '#lib/projects/project-store.ts';
import videoOfSchema1 from '../../fixtures/documents/schema-1/video.json';
import { makeProject, takeOf } from '../../fixtures/projects/make-project.ts';

const store = new ProjectStore();
/** The stored rows, read without the store. The connection closes when another version of the database is requested. */
const database = () =>
  openDB('immersivaudio', 3, { blocking: (_, __, event) => (event.target as IDBDatabase).close() });

beforeEach(async () => {
  for (const project of await store.list()) await store.setDeleted(project.id, true);
  await store.purge();
});

/** Saves a change like a tab that has read up to `mark`. */
async function saveChange(from: Project, to: Project, mark: number) {
  return store.save(to, changeBetween(from, to), mark);
}
const withTake = (project: Project, seed: number): Project => ({
  ...project,
  job: append(project.job, takeOf(seed)),
});
const seeds = ({ job }: Project) => takesOf(job).map(({ options }) => options.seed);

test('a project is loaded as it was stored, by another store of the same device', async () => {
  const project = makeProject('Beach');
  await store.add(project);
  expect((await new ProjectStore().load(project.id))!.project).toEqual(project);
});

test('the list has the latest first, without deleted ones, with the data of its cards', async () => {
  await store.add({ ...makeProject('old'), updatedAt: '2026-01-01T00:00:00.000Z' });
  const gone = { ...makeProject('gone'), updatedAt: '2026-01-02T00:00:00.000Z' };
  await store.add(gone);
  await store.add({ ...makeProject('new'), updatedAt: '2026-01-03T00:00:00.000Z' });
  await store.setDeleted(gone.id, true);
  const list = await store.list();
  expect(list.map((project) => project.title)).toEqual(['new', 'old']);
  expect(list[0]).toMatchObject({ durationSeconds: 5, poster: null, damage: null });
  expect([...list[0]!.blobs]).toEqual([`md5-${'0'.repeat(32)}`]);
});

test('a deleted project can be restored until it is purged', async () => {
  const project = makeProject('Beach');
  await store.add(project);
  await store.setDeleted(project.id, true);
  await store.setDeleted(project.id, false);
  await store.purge();
  expect(await store.list()).toHaveLength(1);
  await store.setDeleted(project.id, true);
  await store.purge();
  expect(await store.load(project.id)).toBeUndefined();
  expect(await (await database()).getAllFromIndex('entries', 'project', project.id)).toEqual([]);
});

test('the work of two tabs on the same project is kept, whichever saves first', async () => {
  const project = makeProject('Beach');
  const mark = await store.add(project);
  await saveChange(project, withTake(project, 2), mark);
  const saved = await saveChange(project, withTake(project, 3), mark);
  expect(saved.added).toMatchObject([{ options: { seed: 2 } }]);
  expect(seeds((await store.load(project.id))!.project)).toEqual([2, 3]);
  expect((await saveChange(project, project, saved.mark)).added).toEqual([]);
});

test('only options that a tab has changed are written; of two changes of the same one the later is kept', async () => {
  const project = makeProject('Beach');
  const mark = await store.add(project);
  const change = (...parts: Parameters<typeof withOptions> extends [unknown, ...infer R] ? R[] : never) =>
    parts.reduce((one, [step, options]) => withOptions(one, step, options), project.options);
  const words = change(['prompt', { music: 'A waltz.' }], ['mix', { balance: 0.2 }]);
  const faders = change(['mix', { balance: 0.9, duckDb: 4 }]);
  await saveChange(project, { ...project, options: words }, mark);
  await saveChange(project, { ...project, options: faders, title: 'Evening' }, mark);
  const { project: stored } = (await store.load(project.id))!;
  expect(stored.title).toBe('Evening');
  expect(stored.options.all.prompt.music).toBe('A waltz.');
  expect(stored.options.all.mix).toMatchObject({ balance: 0.9, duckDb: 4 });
});

test('a change to a project that another tab has deleted restores it; a purged one is stored as a whole', async () => {
  const project = makeProject('Beach');
  const mark = await store.add(project);
  await store.setDeleted(project.id, true);
  await saveChange(project, withTake(project, 2), mark);
  expect(await store.list()).toHaveLength(1);
  await (await database()).clear('projects');
  await (await database()).clear('entries');
  await saveChange(project, withTake(project, 2), mark);
  expect(seeds((await store.load(project.id))!.project)).toEqual([2]);
});

test('a write is atomic', async () => {
  const project = makeProject('Beach');
  const mark = await store.add(project);
  const broken = { ...takeOf(2), options: { seed: () => 2 } } as unknown as Entry;
  const next = { ...project, title: 'Evening', job: append(append(project.job, takeOf(3)), broken) };
  await expect(saveChange(project, next, mark)).rejects.toMatchObject({ name: 'ProjectDatabaseError' });
  const { project: stored } = (await store.load(project.id))!;
  expect([stored.title, seeds(stored)]).toEqual(['Beach', []]);
});

test('a connection that the browser has closed is opened again', async () => {
  const project = makeProject('Beach');
  await store.add(project);
  // Requests a newer version of the database, as another tab would, which closes this connection.
  const request = indexedDB.open('immersivaudio', 4);
  request.onupgradeneeded = () => request.transaction!.abort();
  await new Promise((resolve) => (request.onerror = resolve));
  expect((await store.load(project.id))!.project.title).toBe('Beach');
});

test('a purge removes replaced edits, and the blobs that only they named', async () => {
  const project = makeProject('Beach');
  const edits = [takeOf(1, 'a'), takeOf(1, 'b'), takeOf(1, 'c')];
  await store.add({ ...project, job: edits.reduce(append, project.job) });
  await store.purge();
  const { project: stored } = (await store.load(project.id))!;
  expect(stored.job.entries.map(({ key }) => key)).toEqual(['source', 'take 1 c']);
});

test('a project of schema 1 is listed, opened and stored as schema 2', async () => {
  await (await database()).put('projects', videoOfSchema1);
  const id = videoOfSchema1.id;
  expect(await store.list()).toMatchObject([{ id, damage: null, durationSeconds: 12 }]);
  const first = (await store.load(id))!;
  expect(seeds(first.project)).toEqual([1, 2, 2]);
  expect(await (await database()).get('projects', id)).not.toHaveProperty('job');
  expect(await store.load(id)).toEqual(first);
  await saveChange(first.project, withTake(first.project, 9), first.mark);
  expect(seeds((await store.load(id))!.project)).toEqual([1, 2, 2, 9]);
});

test('a project that can’t be read is listed as damaged; it can be saved raw, renamed and deleted', async () => {
  const project = makeProject('Beach');
  await store.add(project);
  const head = (await (await database()).get('projects', project.id)) as object;
  await (await database()).put('projects', { ...head, options: { schema: 2, all: { mix: 7 }, of: {} } });
  const [damaged] = await store.list();
  expect(damaged).toMatchObject({ id: project.id, title: 'Beach' });
  expect(damaged!.damage).toMatch(/damaged.*"mix/);
  await expect(store.load(project.id)).rejects.toMatchObject({ name: 'JobDocumentError' });
  const raw = await (await store.exportRaw(project.id)).text();
  expect(JSON.parse(raw)).toMatchObject({
    head: { title: 'Beach' },
    entries: [{ entry: { step: 'source' } }],
  });
  await store.rename(project.id, 'Broken');
  expect((await store.list())[0]!.title).toBe('Broken');
  await store.setDeleted(project.id, true);
  await store.purge();
  expect(await store.list()).toEqual([]);
});

test('an unreadable entry is left out and counted, and stays stored', async () => {
  const project = makeProject('Beach');
  await store.add(project);
  await (await database()).add('entries', { project: project.id, entry: { step: 'hologram' } });
  const checkout = (await store.load(project.id))!;
  expect([checkout.unreadable, checkout.project.job.entries.length]).toEqual([1, 1]);
  await store.purge();
  expect(await (await database()).getAllFromIndex('entries', 'project', project.id)).toHaveLength(2);
});

test('a project without its source is damaged, and so is one of a newer version', async () => {
  const project = makeProject('Beach');
  await store.add({ ...project, job: { ...project.job, entries: [] } });
  expect((await store.list())[0]!.damage).toMatch(/what it was made from/);
  await store.setDeleted(project.id, true);
  await (await database()).put('projects', { ...videoOfSchema1, job: { schema: 3 } });
  expect((await store.list())[0]!.damage).toMatch(/newer version/);
});
