import { expect, test } from 'vitest';
import type { Entry } from '#lib/job/entry.ts';
import { deviceMaker } from '#lib/job/maker.ts';
import { append, blobNames, createJob, entriesOf, findEntry } from '#lib/job/job.ts';
import { readJob } from '#lib/job/migrate.ts';

function bestFrame(index: number, key: string): Entry {
  return {
    step: 'best-frame',
    version: 1,
    subject: 'film',
    at: '2026-01-02T03:04:05.000Z',
    milliseconds: 4,
    key,
    inputs: { frames: 'f' },
    options: { chosen: null, embedder: 'auto', device: 'auto' },
    output: { index, medoid: index, embedder: 'layout', why: '', distances: [0, 1] },
    maker: deviceMaker('layout'),
  };
}

test('appending does not change the given document', () => {
  const job = createJob();
  const longer = append(job, bestFrame(1, 'a'));
  expect(job.entries).toHaveLength(0);
  expect(longer.entries).toHaveLength(1);
});

test('the newest entry of a step is found, and an older one by its key', () => {
  const job = append(append(createJob(), bestFrame(1, 'a')), bestFrame(2, 'b'));
  expect(findEntry(job, 'best-frame')?.output.index).toBe(2);
  expect(findEntry(job, 'best-frame', 'a')?.output.index).toBe(1);
  expect(findEntry(job, 'frames')).toBeUndefined();
  expect(entriesOf(job, 'best-frame').map((entry) => entry.key)).toEqual(['a', 'b']);
});

test('a document survives being written as JSON and read again', async () => {
  const job = append(createJob(), bestFrame(1, 'a'));
  expect(await readJob(JSON.parse(JSON.stringify(job)))).toEqual(job);
});

test('reading a broken document names the invalid field', async () => {
  const job = append(createJob(), bestFrame(1, 'a'));
  const broken = JSON.parse(JSON.stringify(job).replace('"index":1', '"index":"one"')) as unknown;
  await expect(readJob(broken)).rejects.toThrow(/entries\.0\.output\.index/);
  await expect(readJob({ schema: 99 })).rejects.toThrow(/newer version of the app/);
  await expect(readJob(null)).rejects.toThrow(/not a job document/);
});

test('all blob names of a document are found, wherever they are', () => {
  const sha = `sha256-${'ab'.repeat(32)}`;
  const md5 = `md5-${'cd'.repeat(16)}`;
  expect(blobNames({ a: [{ blob: sha }, sha], b: md5, c: 'sha256-no' })).toEqual(new Set([sha, md5]));
});
