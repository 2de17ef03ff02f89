import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { Entry } from '#lib/job/entry.ts';
import { entriesOf, findEntry, inputOf, type Job } from '#lib/job/job.ts';
import { readJob } from '#lib/job/migrate.ts';
import { readOptions, type Options } from '#lib/job/options.ts';
import { takesOf } from '#lib/job/takes.ts';
import { newestOptions, resolveFilm, withOptionsBehind } from '#lib/pipeline/resolve.ts';
import { stepsOf } from '../../fixtures/documents/steps-of.ts';

interface Kept {
  job: { entries: { step: string; output: Record<string, unknown> }[] };
  options: Record<string, Record<string, unknown>>;
}

const KINDS = ['video', 'picture', 'server-take', 'edited-score', 'remix'] as const;

function kept(kind: (typeof KINDS)[number]): Kept {
  const file = join(import.meta.dirname, `../../fixtures/documents/schema-1/${kind}.json`);
  return JSON.parse(readFileSync(file, 'utf8')) as Kept;
}

async function migrated(kind: (typeof KINDS)[number]): Promise<{ old: Kept; job: Job; options: Options }> {
  const old = kept(kind);
  return { old, job: await readJob(old.job), options: readOptions(old.options) };
}

describe.each(KINDS)('a project of schema 1: %s', (kind) => {
  test('has the same entries, and the valid ones are valid without a run', async () => {
    const { old, job, options } = await migrated(kind);
    const takesBefore = old.job.entries.filter(({ step }) => step === 'soundtrack').length;
    expect(entriesOf(job, 'soundtrack')).toHaveLength(takesBefore);
    const current = await resolveFilm(stepsOf(job), job, options);
    expect(current.soundtrack).toBe(takesOf(job).at(-1));
    for (const step of ['source', 'length', 'frames', 'source-audio', 'features', 'prompt'] as const)
      expect(current[step], step).toBeDefined();
  });

  test('every take is recalled by its options', async () => {
    const { job, options } = await migrated(kind);
    for (const take of entriesOf(job, 'soundtrack')) {
      const behind = withOptionsBehind(options, job, take);
      expect((await resolveFilm(stepsOf(job), job, behind)).soundtrack).toBe(take);
    }
  });

  test('goes on from the options behind its newest entries', async () => {
    const { job } = await migrated(kind);
    const current = await resolveFilm(stepsOf(job), job, newestOptions(job));
    expect(current.soundtrack).toBe(findEntry(job, 'soundtrack'));
  });

  test('still names every blob', async () => {
    const { old, job } = await migrated(kind);
    const names = (part: unknown) => new Set(JSON.stringify(part).match(/(sha256|md5)-[0-9a-f]+/g));
    expect(names(job.entries)).toEqual(names(old.job.entries));
  });

  test('is unchanged by a second migration', async () => {
    const { job, options } = await migrated(kind);
    expect(await readJob(JSON.parse(JSON.stringify(job)))).toEqual(job);
    expect(readOptions(JSON.parse(JSON.stringify(options)))).toEqual(options);
  });
});

test('a finished film is still the film of its take', async () => {
  const { job, options } = await migrated('video');
  const film = findEntry(job, 'film')!;
  const take = inputOf(job, film as Entry, 'soundtrack')!;
  const current = await resolveFilm(stepsOf(job), job, withOptionsBehind(options, job, take));
  expect(current.film).toBe(film);
});

test('the length of a film from a picture is an entry and an option of its own', async () => {
  const { old, job, options } = await migrated('picture');
  expect(options.all.length.durationSeconds).toBe(old.options['soundtrack']!['pictureSeconds']);
  expect(entriesOf(job, 'length').map(({ output }) => output.durationSeconds)).toEqual([10, 1]);
  expect(options.all.soundtrack).not.toHaveProperty('pictureSeconds');
});

test('results of a server are no options any more: the entry has their maker', async () => {
  const { job, options } = await migrated('server-take');
  expect(options.all.description).toEqual({
    ...{ describer: 'server', device: 'auto' },
    question: expect.any(String) as string,
  });
  const description = findEntry(job, 'description')!;
  expect(description.output.text).toMatch(/^A beach at sunset/);
  expect(description.maker).toMatchObject({ where: 'server', name: 'moondream2', isPreview: false });
  expect(description.maker.weights[0]).toMatchObject({ revision: '2024-08-26', licence: 'Apache-2.0' });
  const take = entriesOf(job, 'soundtrack')[1]!;
  expect(take.maker).toMatchObject({ where: 'server', name: 'synth', isPreview: true });
  expect(take.options.music).toMatchObject({ generator: 'server', engine: 'synth', candidate: 0 });
  expect(take.output.music).toMatchObject({ fit: 'whole', maker: take.maker });
  expect(JSON.stringify(job)).not.toMatch(/"given"|"isMeasured"/);
});

test("the user's own description is an option of the prompt now", () => {
  const old = kept('video');
  old.options['description']!['text'] = 'My garden.';
  expect(readOptions(old.options).all.prompt.description).toBe('My garden.');
  expect(readOptions(old.options).all.description).not.toHaveProperty('text');
});

test('an edited score stays edited', async () => {
  const { job, options } = await migrated('edited-score');
  expect(options.all.soundtrack.score).not.toBeNull();
  expect(takesOf(job).at(-1)!.options.score).toEqual(options.all.soundtrack.score);
});

test('a broken document of schema 1 is refused with the invalid field', async () => {
  const old = kept('video');
  old.job.entries[2]!.output = { frames: 'none' };
  await expect(readJob(old.job)).rejects.toMatchObject({
    name: 'JobDocumentError',
    message: expect.stringMatching(/at "output\.frames"/) as string,
  });
});
