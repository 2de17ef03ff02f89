import { expect, test } from 'vitest';
import type { StepName } from '#lib/job/entry.ts';
import type { Job } from '#lib/job/job.ts';
import { defaultOptions, withOptions } from '#lib/job/options.ts';
import { runPipeline } from '#lib/pipeline/pipeline.ts';
import { planRun } from '#lib/pipeline/plan.ts';
import { STEPS, type AnyStep } from '#lib/pipeline/steps.ts';
import { fakeStep, jobWithSource } from './fake-steps.ts';

/** Node has no blob store: the blob of each of these is missing as soon as it is made. */
function stepsWithBlobs(log: string[] = [], seed = 0): AnyStep[] {
  const blob = (digit: number) => ({ blob: `sha256-${String(digit).repeat(64)}` });
  return [
    fakeStep(log, 'frames', ['source'], () => blob(seed)),
    fakeStep(log, 'features', ['frames'], () => ({ seed })),
    fakeStep(log, 'prompt', ['features'], (options) => ({ options })),
    fakeStep(log, 'soundtrack', ['prompt'], () => blob(2)),
    fakeStep(log, 'mix', ['soundtrack', 'source'], () => blob(3), { readsBlobs: () => ['soundtrack'] }),
  ];
}

async function made(goal: StepName): Promise<Job> {
  return runAgain(jobWithSource(), goal, stepsWithBlobs());
}

function runAgain(
  job: Job,
  goal: StepName,
  steps: AnyStep[],
  blobsOf: StepName[] = [],
  options = defaultOptions(),
): Promise<Job> {
  const events = { onProgress: () => undefined, onEntry: () => undefined };
  return runPipeline(steps, job, options, [goal], new AbortController().signal, events, blobsOf);
}

test('entries are not made again for blobs that nobody reads', async () => {
  const log: string[] = [];
  const job = await made('mix');
  expect(await runAgain(job, 'mix', stepsWithBlobs(log))).toBe(job);
  expect(log).toEqual([]);
});

test('a step that reads no blobs runs without them', async () => {
  const log: string[] = [];
  const job = await made('mix');
  const options = withOptions(defaultOptions(), 'prompt', { music: 'A waltz.' });
  await runAgain(job, 'prompt', stepsWithBlobs(log), [], options);
  expect(log).toEqual(['prompt']);
  expect(await planRun(stepsWithBlobs(), job, options, ['prompt'], [])).toMatchObject({ readSource: [] });
});

test('missing blobs that a step reads are made again first, and change nothing else when they are equal', async () => {
  const log: string[] = [];
  const job = await made('features');
  const steps = stepsWithBlobs(log);
  steps.splice(
    2,
    0,
    fakeStep(log, 'best-frame', ['frames'], () => ({ index: 0 })),
  );
  const after = await runAgain(job, 'best-frame', steps);
  expect(log).toEqual(['frames', 'best-frame']);
  expect(after.entries.map(({ step }) => step)).toEqual(['source', 'frames', 'features', 'best-frame']);
  expect((await planRun(steps, job, defaultOptions(), ['best-frame'], [])).readSource).toEqual(['frames']);
});

test('a document that was written and read again is equal, whatever the order of its fields', async () => {
  const turned = (_: string, part: unknown) =>
    part && typeof part === 'object' && !Array.isArray(part)
      ? Object.fromEntries(Object.entries(part).reverse())
      : part;
  const wide = { ...stepsWithBlobs()[0]!, run: () => Promise.resolve({ output: { a: 1, b: 2 } as never }) };
  const job = await runAgain(jobWithSource(), 'frames', [wide]);
  const read = JSON.parse(JSON.stringify(job, turned)) as Job;
  expect(await runAgain(read, 'frames', [{ ...wide, isLasting: () => false, readsBlobs: () => [] }])).toBe(
    read,
  );
});

test('when repeated blobs differ, everything that was made from the old ones is repeated', async () => {
  const log: string[] = [];
  const job = await made('features');
  const steps = stepsWithBlobs(log, 1);
  steps.splice(
    2,
    0,
    fakeStep(log, 'best-frame', ['frames', 'features'], () => ({ index: 0 })),
  );
  await runAgain(job, 'best-frame', steps);
  expect(log).toEqual(['frames', 'features', 'best-frame']);
});

test('blobs that the caller wants are made again, with everything that they depend on', async () => {
  const log: string[] = [];
  const job = await made('mix');
  await runAgain(job, 'mix', stepsWithBlobs(log), ['mix']);
  expect(log).toEqual(['soundtrack', 'mix']);
  const all = await planRun(stepsWithBlobs(), job, defaultOptions(), ['mix']);
  expect([...all.again].map(({ step }) => step)).toEqual(['mix', 'soundtrack', 'frames']);
});

test('a step that is not lasting is repeated only when its blobs are stored', async () => {
  const log: string[] = [];
  const job = await made('features');
  const steps = stepsWithBlobs(log);
  steps[1]!.isLasting = () => false;
  await runAgain(job, 'features', steps);
  expect(log).toEqual([]);
});

test('of the app’s steps, description, prompt and soundtrack read no blobs, and watch and frames read the source', async () => {
  const job = jobWithSource();
  const { readSource } = await planRun(STEPS, job, defaultOptions(), ['soundtrack'], []);
  expect(readSource).toEqual(['watch', 'frames']);
  expect((await planRun(STEPS, job, defaultOptions(), ['film'], ['film'])).readSource).toEqual(
    expect.arrayContaining(['frames', 'source-audio', 'film']),
  );
});
