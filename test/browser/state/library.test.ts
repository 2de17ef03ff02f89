import { beforeEach, expect, test } from 'vitest';
import { append } from '#lib/job/job.ts';
import { openSource } from '#lib/pipeline/open-source.ts';
import { createProject } from '#lib/projects/project.ts';
import { ProjectStore } from '#lib/projects/project-store.ts';
import { Library } from '#lib/state/library.svelte.ts';
import { fetchSample } from '../../fixtures/open-app.ts';

const store = new ProjectStore();
const context = { signal: new AbortController().signal, onProgress: () => undefined };

beforeEach(async () => {
  for (const project of await store.list()) await store.setDeleted(project.id, true);
  await store.purge();
});

async function saveBeach(): Promise<string> {
  const fresh = createProject('Beach');
  await store.add({ ...fresh, job: append(fresh.job, await openSource(await fetchSample(), context)) });
  return fresh.id;
}
const titles = (library: Library) => library.projects?.map(({ title }) => title).sort();

test('a project is renamed, copied, deleted and restored', async () => {
  const id = await saveBeach();
  const library = new Library(store);
  await library.rename(id, '  Evening ');
  await library.rename(id, '   ');
  expect(titles(library)).toEqual(['Evening']);
  await library.duplicate(id, 'Evening 2');
  expect(titles(library)).toEqual(['Evening', 'Evening 2']);
  await library.remove(id);
  expect(titles(library)).toEqual(['Evening 2']);
  await library.restore([id]);
  const ids = await library.removeAll();
  expect(titles(library)).toEqual([]);
  await library.restore(ids);
  expect(titles(library)).toEqual(['Evening', 'Evening 2']);
});

test('used and free storage are known, and the share of each project', async () => {
  const id = await saveBeach();
  const library = new Library(store);
  await library.refresh();
  expect(library.sizes.get(id)).toBe((await fetchSample()).size);
  expect(library.storage!.usedBytes).toBeGreaterThan(0);
  expect(library.storage!.leftBytes).toBeGreaterThan(library.storage!.usedBytes);
});

test('an exported project file is imported as another project', async () => {
  const id = await saveBeach();
  const library = new Library(store);
  const file = (await library.exportFile(id, 'Beach.immersivaudio'))!;
  expect(file.name).toBe('Beach.immersivaudio');
  const project = await library.importFile(file);
  expect(project).toMatchObject({ title: 'Beach' });
  expect(project!.id).not.toBe(id);
  expect(titles(library)).toEqual(['Beach', 'Beach']);
  expect(library.importing).toBeNull();
});

test('a file that is no project is refused with one sentence and leaves nothing behind', async () => {
  const library = new Library(store);
  const project = await library.importFile(new File(['Dear diary'], 'diary.immersivaudio'));
  expect(project).toBeNull();
  expect(library.failure?.name).toBe('ArchiveError');
  expect(library.failure?.message).toContain('too early');
  expect(library.projects).toEqual([]);
});
