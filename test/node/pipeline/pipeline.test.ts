import { describe, expect, test } from 'vitest';
import type { Entry } from '#lib/job/entry.ts';
import { entriesOf } from '#lib/job/job.ts';
import { defaultOptions, withOptions } from '#lib/job/options.ts';
import { entryOfResult, runPipeline } from '#lib/pipeline/pipeline.ts';
import { newestOptions, resolveFilm, withOptionsBehind } from '#lib/pipeline/resolve.ts';
import { fakeStep, fakeSteps, jobWithSource, run } from './fake-steps.ts';

const IDLE = { onProgress: () => undefined, onEntry: () => undefined };

describe('a run', () => {
  test('runs every step that the goal needs, once, in order', async () => {
    const log: string[] = [];
    const { job } = await run(jobWithSource(), defaultOptions(), 'soundtrack', fakeSteps(log));
    expect(log).toEqual(['frames', 'features', 'prompt', 'soundtrack']);
    expect(job.entries.map((entry) => entry.step)).toEqual(['source', ...log]);
  });

  test('skips what is already in the document', async () => {
    const first = await run(jobWithSource(), defaultOptions(), 'soundtrack', fakeSteps());
    const log: string[] = [];
    const second = await run(first.job, defaultOptions(), 'soundtrack', fakeSteps(log));
    expect(log).toEqual([]);
    expect(second.job).toBe(first.job);
    expect(second.lines.every((line) => line.endsWith('(known)'))).toBe(true);
  });

  test('prepares the steps that will run, before their inputs are there', async () => {
    const log: string[] = [];
    const steps = fakeSteps(log);
    for (const step of steps) step.prepare = () => log.push(`prepare ${step.name}`);
    const { job } = await run(jobWithSource(), defaultOptions(), 'features', steps);
    expect(log).toEqual(['prepare frames', 'prepare features', 'frames', 'features']);
    log.length = 0;
    await run(job, defaultOptions(), 'features', steps);
    expect(log).toEqual([]);
  });

  test('reports no progress of a step that is done', async () => {
    const steps = fakeSteps();
    const { run: runFrames } = steps[0]!;
    let report: (fraction: number) => void = () => undefined;
    steps[0]!.run = (inputs, options, context) => {
      report = context.onProgress;
      report(0.5);
      return runFrames(inputs, options, context);
    };
    steps[1]!.run = () => {
      report(1);
      return Promise.resolve({ output: {} as never });
    };
    const seen: string[] = [];
    await runPipeline(steps, jobWithSource(), defaultOptions(), ['features'], new AbortController().signal, {
      onProgress: (step, fraction) => seen.push(`${step} ${fraction}`),
      onEntry: () => undefined,
    });
    expect(seen).toEqual(['frames 0', 'frames 0.5', 'features 0']);
  });

  test('repeats an entry that is not lasting, and appends it only when it has changed', async () => {
    const { job } = await run(jobWithSource(), defaultOptions(), 'soundtrack', fakeSteps());
    const log: string[] = [];
    const steps = fakeSteps(log);
    steps[1]!.isLasting = () => false;
    const second = await run(job, defaultOptions(), 'soundtrack', steps);
    expect(log).toEqual(['features']);
    expect(second.job).toBe(job);
  });

  test('repeats only what depends on a changed option', async () => {
    const first = await run(jobWithSource(), defaultOptions(), 'soundtrack', fakeSteps());
    const log: string[] = [];
    const options = withOptions(defaultOptions(), 'soundtrack', { seed: 9 });
    await run(first.job, options, 'soundtrack', fakeSteps(log));
    expect(log).toEqual(['soundtrack']);
  });

  test('stops repeating where a step gives the same result', async () => {
    const first = await run(jobWithSource(), defaultOptions(), 'soundtrack', fakeSteps());
    const log: string[] = [];
    const options = withOptions(defaultOptions(), 'frames', { k: 3 });
    await run(first.job, options, 'soundtrack', fakeSteps(log));
    expect(log).toEqual(['frames', 'features']);
  });

  test('keeps the entries of other steps when one fails', async () => {
    const steps = fakeSteps();
    steps[3]!.run = () => Promise.reject(new Error('No sound today.'));
    const kept: string[] = [];
    const running = runPipeline(
      steps,
      jobWithSource(),
      defaultOptions(),
      ['soundtrack'],
      new AbortController().signal,
      { ...IDLE, onEntry: (entry) => kept.push(entry.step) },
    );
    await expect(running).rejects.toThrow('No sound today.');
    expect(kept).toEqual(['frames', 'features', 'prompt']);
  });

  test('rejects with an AbortError when it is cancelled between two steps', async () => {
    const abort = new AbortController();
    const steps = fakeSteps();
    const features = steps[1]!.run;
    steps[1]!.run = (inputs, options, context) => {
      abort.abort();
      return features(inputs, options, { ...context, signal: new AbortController().signal });
    };
    const running = runPipeline(steps, jobWithSource(), defaultOptions(), ['soundtrack'], abort.signal, IDLE);
    await expect(running).rejects.toMatchObject({ name: 'AbortError' });
  });

  test('needs a source', async () => {
    const empty = { ...jobWithSource(), entries: [] };
    await expect(run(empty, defaultOptions(), 'soundtrack', fakeSteps())).rejects.toThrow('has none');
  });
});

test('the valid entries for the present options are found without a run', async () => {
  const steps = fakeSteps();
  const { job } = await run(jobWithSource(), defaultOptions(), 'soundtrack', steps);
  expect(Object.keys(await resolveFilm(steps, job, defaultOptions()))).toContain('soundtrack');
  const options = withOptions(defaultOptions(), 'prompt', { music: 'A waltz.' });
  expect(Object.keys(await resolveFilm(steps, job, options))).toEqual(['source', 'frames', 'features']);
});

test('an older take is recalled by its options', async () => {
  const steps = fakeSteps();
  const first = await run(jobWithSource(), defaultOptions(), 'soundtrack', steps);
  const words = withOptions(defaultOptions(), 'prompt', { music: 'A waltz.' });
  const other = withOptions(words, 'soundtrack', { seed: 2 });
  const second = await run(first.job, other, 'soundtrack', steps);
  const [take] = entriesOf(second.job, 'soundtrack');
  const behind = withOptionsBehind(other, second.job, take as Entry);
  expect(behind.all.prompt.music).toBeNull();
  expect((await resolveFilm(steps, second.job, behind)).soundtrack).toBe(take);
});

test('the newest options of a document are those that its newest entries were made with', async () => {
  const steps = fakeSteps();
  const words = withOptions(defaultOptions(), 'prompt', { music: 'A waltz.' });
  const first = await run(jobWithSource(), words, 'soundtrack', steps);
  const other = withOptions(defaultOptions(), 'soundtrack', { seed: 2 });
  const second = await run(first.job, other, 'soundtrack', steps);
  const again = await run(second.job, withOptions(words, 'soundtrack', { seed: 3 }), 'soundtrack', steps);
  const { job } = await run(again.job, withOptions(other, 'frames', { k: 20 }), 'frames', steps);
  const { all } = newestOptions(job);
  expect([all.prompt.music, all.soundtrack.seed, all.frames.k]).toEqual(['A waltz.', 3, 20]);
  expect(newestOptions(jobWithSource())).toEqual(defaultOptions());
});

test('a result from elsewhere gets the same entry as a run, and is valid for the same options', async () => {
  const log: string[] = [];
  const steps = fakeSteps(log);
  const { job } = await run(jobWithSource(), defaultOptions(), 'features', steps);
  const maker = { where: 'server', name: 'tiny', title: 'Tiny', isPreview: false, weights: [] } as const;
  const result = { output: { by: 'a server' } as never, maker: { ...maker, weights: [] } };
  const entry = await entryOfResult(steps, job, defaultOptions(), 'prompt', result);
  expect(entry).toMatchObject({ step: 'prompt', maker: { where: 'server' }, output: { by: 'a server' } });
  const { job: after } = await run(
    { ...job, entries: [...job.entries, entry as Entry] },
    defaultOptions(),
    'soundtrack',
    steps,
  );
  expect(log).toEqual(['frames', 'features', 'soundtrack']);
  expect(after.entries.at(-1)!.inputs['prompt']).toBe(entry!.key);
  expect(await entryOfResult(steps, jobWithSource(), defaultOptions(), 'prompt', result)).toBeUndefined();
});

test('the maker of an entry is part of the inputs of the next step', async () => {
  const log: string[] = [];
  const named = (name: string) => [
    fakeStep(log, 'frames', ['source'], () => ({}), {
      isLasting: () => false,
      run: () =>
        Promise.resolve({
          output: { same: true } as never,
          maker: { where: 'device' as const, name, title: name, isPreview: false, weights: [] },
        }),
    }),
    fakeStep(log, 'features', ['frames'], () => ({})),
  ];
  const first = await run(jobWithSource(), defaultOptions(), 'features', named('one'));
  await run(first.job, defaultOptions(), 'features', named('one'));
  expect(log).toEqual(['features']);
  await run(first.job, defaultOptions(), 'features', named('other'));
  expect(log).toEqual(['features', 'features']);
});
