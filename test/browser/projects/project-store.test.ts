import { beforeEach, expect, test } from 'vitest';
import { createProject } from '#lib/projects/project.ts';
import { ProjectStore } from '#lib/projects/project-store.ts';

const store = new ProjectStore();
beforeEach(async () => {
  for (const project of await store.list()) await store.setDeleted(project.id, true);
  await store.purge();
});

test('a project comes back as it was saved, in another store of the same device', async () => {
  const project = createProject('Beach');
  await store.save(project);
  await expect(new ProjectStore().load(project.id)).resolves.toEqual(project);
});

test('the list has the latest first and no deleted ones', async () => {
  await store.save({ ...createProject('old'), updatedAt: '2026-01-01T00:00:00.000Z' });
  const gone = { ...createProject('gone'), updatedAt: '2026-01-02T00:00:00.000Z' };
  await store.save(gone);
  await store.save({ ...createProject('new'), updatedAt: '2026-01-03T00:00:00.000Z' });
  await store.setDeleted(gone.id, true);
  expect((await store.list()).map((project) => project.title)).toEqual(['new', 'old']);
});

test('a deleted project can be brought back until it is purged', async () => {
  const project = createProject('Beach');
  await store.save(project);
  await store.setDeleted(project.id, true);
  await store.setDeleted(project.id, false);
  await store.purge();
  expect(await store.list()).toHaveLength(1);
  await store.setDeleted(project.id, true);
  await store.purge();
  expect(await store.load(project.id)).toBeUndefined();
});
