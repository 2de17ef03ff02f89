import { expect, test } from 'vitest';
import { findEntry, type Job } from '#lib/job/job.ts';
import type { JobPageRequest, JobProgress } from '#lib/protocol/job-page-api.ts';
import { runJob } from '#lib/state/run-job.ts';
import { Studio } from '#lib/state/studio.svelte.ts';
import { fetchShortSample } from '../../fixtures/open-app.ts';

const { signal } = new AbortController();
const FILM: JobPageRequest = { options: {}, steps: ['film'], files: ['film', 'effects'] };

const run = (file: File | null, request: JobPageRequest, seen: JobProgress[] = []) =>
  runJob(file, request, signal, (progress) => seen.push(progress));
const keys = (job: Job) => job.entries.map(({ step, key }) => `${step} ${key}`).sort();

test('a job has the same entries as the app’s project of the same file', async () => {
  const file = await fetchShortSample();
  const seen: JobProgress[] = [];
  const { job, results } = await run(file, FILM, seen);
  expect(results.map(({ file: name }) => name)).toEqual(['film', 'effects']);
  expect(seen[0]).toMatchObject({ step: 'source' });
  expect(seen.at(-1)).toMatchObject({ step: 'film' });

  const studio = new Studio();
  await studio.open(file);
  await studio.run('film');
  expect(keys(job)).toEqual(keys(studio.project!.job));
  studio.close();
}, 120_000);

test('a project of the app is continued with its options', async () => {
  const { job } = await run(await fetchShortSample(), { ...FILM, steps: ['prompt'], files: [] });
  const stored = JSON.parse(
    JSON.stringify({ job, options: { schema: 2, all: { length: { durationSeconds: 5 } }, of: {} } }),
  ) as unknown;
  const after = await run(null, { document: stored, options: {}, steps: ['length'], files: [] });
  expect(findEntry(after.job, 'length')!.options).toEqual({ durationSeconds: 5 });
  expect(after.results).toEqual([]);
});

test('a missing or invalid document, and one without a source, are reported', async () => {
  const nothing = { options: {}, steps: ['prompt'], files: [] } as const;
  await expect(run(null, nothing)).rejects.toThrow('there is none of them');
  await expect(run(null, { ...nothing, document: 'a letter' })).rejects.toThrow('not a job document');
  const empty = { schema: 2, id: 'x', createdAt: new Date().toISOString(), entries: [] };
  await expect(run(null, { ...nothing, document: empty })).rejects.toThrow('which file it was made from');
  await expect(
    run(await fetchShortSample(), { ...nothing, options: { prompt: { mood: 1 } } }),
  ).rejects.toThrow('"prompt.mood" is wrong');
});
