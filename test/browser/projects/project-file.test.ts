import { beforeEach, expect, test } from 'vitest';
import { defaultOptions, withOptions } from '#lib/job/options.ts';
import { append, blobNames, findEntry } from '#lib/job/job.ts';
import type { StepContext } from '#lib/job/step.ts';
import { openSource } from '#lib/pipeline/open-source.ts';
import { keepBlobs } from '#lib/projects/keep-blobs.ts';
import { exportProject, isProjectFile, readProjectFile } from '#lib/projects/project-file.ts';
import { createProject, type Project } from '#lib/projects/project.ts';
import { projectSizes } from '#lib/projects/project-sizes.ts';
import { areBlobsThere } from '#lib/pipeline/blobs-there.ts';
import { resolveFilm } from '#lib/pipeline/resolve.ts';
import { ProjectStore } from '#lib/projects/project-store.ts';
import { makeTar, readTar, type ArchivedFile } from '#lib/projects/tar.ts';
import { hasBlob, readBlob } from '#lib/worker/blob-store.ts';
import fileOfSchema1 from '../../fixtures/documents/schema-1/picture.immersivaudio?url';
import { stepsOf } from '../../fixtures/documents/steps-of.ts';
import { fetchSample } from '../../fixtures/open-app.ts';
import { makeProject as makeStoredProject } from '../../fixtures/projects/make-project.ts';

const store = new ProjectStore();
const { signal } = new AbortController();
const context: StepContext = { signal, onProgress: () => undefined };

async function emptyDevice(): Promise<void> {
  for (const project of await store.list()) await store.setDeleted(project.id, true);
  await store.purge();
}

/** A project with only its source: enough for a file with a document and a blob. */
async function makeProject(): Promise<Project> {
  const entry = await openSource(await fetchSample(), context);
  const fresh = createProject('Beach');
  return {
    ...fresh,
    options: withOptions(defaultOptions(), 'soundtrack', { seed: 7 }),
    job: append(fresh.job, entry),
  };
}

/** A file with its document changed. */
async function withDocument(
  file: Blob,
  change: (document: Record<string, unknown>) => unknown,
): Promise<Blob> {
  const [document, ...rest] = await readTar(file);
  const changed = change(JSON.parse(await document!.content.text()) as Record<string, unknown>);
  return makeTar([{ name: document!.name, content: new Blob([JSON.stringify(changed)]) }, ...rest]);
}

beforeEach(emptyDevice);

test('a project is exported as one file and imported on a device that has nothing of it', async () => {
  const project = await makeProject();
  const file = new Blob([await (await exportProject(project)).arrayBuffer()]);
  const [name] = [...blobNames(project.job)] as ['md5-0'];
  const before = new Uint8Array(await (await readBlob(name)).arrayBuffer());
  await emptyDevice();
  expect(await hasBlob(name)).toBe(false);

  const { project: back, blobs } = await readProjectFile(file);
  const progress: number[] = [];
  await keepBlobs(blobs, signal, (fraction) => progress.push(fraction));
  expect(new Uint8Array(await (await readBlob(name)).arrayBuffer())).toEqual(before);
  expect(progress.at(-1)).toBe(1);
  expect(back.id).not.toBe(project.id);
  expect(back).toEqual({ ...project, id: back.id, job: { ...project.job, id: back.id } });
});

test('a file with a changed byte in its video is not imported', async () => {
  const whole = new Uint8Array(await (await exportProject(await makeProject())).arrayBuffer());
  await emptyDevice();
  whole[whole.length - 5000]! ^= 1;
  const { blobs } = await readProjectFile(new Blob([whole]));
  await expect(keepBlobs(blobs, signal, () => undefined)).rejects.toMatchObject({
    name: 'WrongContentError',
  });
  expect(await hasBlob(blobs[0]!.name)).toBe(false);
});

test('hostile and damaged files are refused, each in one sentence', async () => {
  const file = await exportProject(await makeProject());
  const parts = await readTar(file);
  const extra: ArchivedFile = { name: 'blobs/../../secret', content: new Blob(['x']) };
  const refusals: [Blob, string | RegExp][] = [
    [new Blob(['Dear diary']), 'ends too early'],
    [file.slice(0, file.size - 2000), 'in the middle'],
    [makeTar([...parts, extra]), "doesn't belong to its project"],
    [makeTar(parts.slice(1)), 'begins with project.json'],
    [makeTar(parts.slice(0, 1)), 'is missing from the file'],
    [makeTar([parts[0]!, { name: parts[1]!.name, content: new Blob(['x']) }]), 'not the one'],
    [await withDocument(file, (document) => ({ ...document, version: 3 })), 'at "version"'],
    [
      await withDocument(file, (document) => ({ ...document, options: { mix: { balance: 9 } } })),
      'mix.balance',
    ],
    [await withDocument(file, (document) => ({ ...document, job: { schema: 2 } })), 'job document'],
    [
      await withDocument(file, (document) =>
        JSON.parse(JSON.stringify(document).replaceAll('video/mp4', 'text/html')),
      ),
      'no video, picture or sound',
    ],
  ];
  for (const [bad, sentence] of refusals) await expect(readProjectFile(bad)).rejects.toThrow(sentence);
});

test('a copy has the same bytes and is independent', async () => {
  const project = await makeProject();
  await store.add(project);
  await store.duplicate(project.id, 'Beach 2');
  const copy = (await store.list()).find(({ title }) => title === 'Beach 2')!;
  expect(copy.id).not.toBe(project.id);
  await store.rename(copy.id, 'Evening');
  await store.setDeleted(project.id, true);
  await store.purge();
  const [kept] = await store.list();
  expect(kept).toMatchObject({ id: copy.id, title: 'Evening' });
  const { project: loaded } = (await store.load(copy.id))!;
  expect(findEntry(loaded.job, 'source')).toEqual(findEntry(project.job, 'source'));
  expect(await hasBlob(findEntry(loaded.job, 'source')!.output.blob)).toBe(true);
});

test('the size of a project is that of its blobs', async () => {
  const project = await makeProject();
  const { bytes } = findEntry(project.job, 'source')!.output;
  await store.add(project);
  const gone = { ...makeStoredProject('gone'), updatedAt: '2020-01-01T00:00:00.000Z' };
  await store.add(gone);
  expect(await projectSizes(await store.list())).toEqual(
    new Map([
      [project.id, bytes],
      [gone.id, 0],
    ]),
  );
});

test('a project file of schema 1 opens: its take and its film are there and valid', async () => {
  const answer = await fetch(fileOfSchema1);
  const { project, blobs } = await readProjectFile(await answer.blob());
  await keepBlobs(blobs, signal, () => undefined);
  const current = await resolveFilm(stepsOf(project.job), project.job, project.options);
  expect(current.length!.output.durationSeconds).toBe(1);
  for (const entry of [current.frames!, current.soundtrack!, current.mix!, current.film!])
    expect(await areBlobsThere(entry), entry.step).toBe(true);
});

test('a project file is recognised by its name', () => {
  expect(isProjectFile(new File([], 'Beach.Immersivaudio'))).toBe(true);
  expect(isProjectFile(new File([], 'beach.mp4'))).toBe(false);
});
