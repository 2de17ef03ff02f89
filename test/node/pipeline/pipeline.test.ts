import { describe, expect, test } from 'vitest';
import { defaultOptions, type AllOptions, type Entry, type StepName } from '#lib/job/entry.ts';
import { append, createJob, entriesOf, type Job } from '#lib/job/job.ts';
import type { AnyStep } from '#lib/pipeline/corridor.ts';
import { optionsBehind, resolveCurrent, runPipeline } from '#lib/pipeline/pipeline.ts';

/** Small steps with the names of real ones: each counts its runs and puts down what it read. */
function corridor(log: string[] = []) {
  const step = (name: StepName, needs: StepName[], output: (options: object) => object): AnyStep => ({
    name,
    version: 1,
    needs,
    run: (inputs, options, { signal }) => {
      signal.throwIfAborted();
      expect(Object.keys(inputs)).toEqual(needs);
      log.push(name);
      return Promise.resolve(output(options) as never);
    },
  });
  return [
    step('frames', ['source'], (options) => ({ k: (options as { k: number }).k })),
    step('visual', ['frames'], () => ({ always: 'the same' })),
    step('prompt', ['visual'], (options) => ({ options })),
    step('soundtrack', ['prompt', 'source'], (options) => ({ options })),
  ];
}

function jobWithSource(): Job {
  const source = { step: 'source', key: 's', output: { md5: '1' }, options: {}, inputs: {} };
  return append(createJob(), source as unknown as Entry);
}

async function run(job: Job, options: AllOptions, until: StepName, log: string[], steps = corridor(log)) {
  const news: string[] = [];
  const after = await runPipeline(steps, job, options, [until], new AbortController().signal, {
    onProgress: () => undefined,
    onEntry: (entry, isNew) => news.push(`${entry.step}${isNew ? '' : ' (known)'}`),
  });
  return { job: after, news };
}

describe('a run', () => {
  test('brings every step that the wanted one needs, once, in order', async () => {
    const log: string[] = [];
    const { job } = await run(jobWithSource(), defaultOptions(), 'soundtrack', log);
    expect(log).toEqual(['frames', 'visual', 'prompt', 'soundtrack']);
    expect(job.entries.map((entry) => entry.step)).toEqual(['source', ...log]);
  });

  test('skips what stands in the document already', async () => {
    const first = await run(jobWithSource(), defaultOptions(), 'soundtrack', []);
    const log: string[] = [];
    const second = await run(first.job, defaultOptions(), 'soundtrack', log);
    expect(log).toEqual([]);
    expect(second.job).toBe(first.job);
    expect(second.news.every((line) => line.endsWith('(known)'))).toBe(true);
  });

  test('repeats an entry that another run may better, and what read it only when it changed', async () => {
    const { job } = await run(jobWithSource(), defaultOptions(), 'soundtrack', []);
    const log: string[] = [];
    const steps = corridor(log);
    steps[1]!.isLasting = () => false;
    await run(job, defaultOptions(), 'soundtrack', log, steps);
    expect(log).toEqual(['visual']);
  });

  test('repeats only what depends on a changed option', async () => {
    const first = await run(jobWithSource(), defaultOptions(), 'soundtrack', []);
    const options = defaultOptions();
    options.soundtrack.seed = 9;
    const log: string[] = [];
    await run(first.job, options, 'soundtrack', log);
    expect(log).toEqual(['soundtrack']);
  });

  test('stops repeating where a step gives the same as before', async () => {
    const first = await run(jobWithSource(), defaultOptions(), 'soundtrack', []);
    const options = defaultOptions();
    options.frames.k = 3;
    const log: string[] = [];
    await run(first.job, options, 'soundtrack', log);
    expect(log).toEqual(['frames', 'visual']);
  });

  test('keeps what other steps made when one fails', async () => {
    const steps = corridor();
    steps[3]!.run = () => Promise.reject(new Error('No sound today.'));
    const kept: string[] = [];
    const running = runPipeline(
      steps,
      jobWithSource(),
      defaultOptions(),
      ['soundtrack'],
      new AbortController().signal,
      { onProgress: () => undefined, onEntry: (entry) => kept.push(entry.step) },
    );
    await expect(running).rejects.toThrow('No sound today.');
    expect(kept).toEqual(['source', 'frames', 'visual', 'prompt'].slice(1));
  });

  test('rejects with an AbortError when it is cancelled between two steps', async () => {
    const abort = new AbortController();
    const steps = corridor();
    const visual = steps[1]!.run;
    steps[1]!.run = (...given) => {
      abort.abort();
      return visual(given[0], given[1], { ...given[2], signal: new AbortController().signal });
    };
    const running = runPipeline(steps, jobWithSource(), defaultOptions(), ['soundtrack'], abort.signal, {
      onProgress: () => undefined,
      onEntry: () => undefined,
    });
    await expect(running).rejects.toMatchObject({ name: 'AbortError' });
  });
});

test('what holds for the present options is known without a run', async () => {
  const steps = corridor();
  const { job } = await run(jobWithSource(), defaultOptions(), 'soundtrack', [], steps);
  const options = defaultOptions();
  expect(Object.keys(await resolveCurrent(steps, job, options))).toContain('soundtrack');
  options.prompt.music = 'A waltz.';
  const current = await resolveCurrent(steps, job, options);
  expect(Object.keys(current)).toEqual(['source', 'frames', 'visual']);
});

test('an older take is brought back by the options behind it', async () => {
  const steps = corridor();
  const options = defaultOptions();
  const first = await run(jobWithSource(), options, 'soundtrack', [], steps);
  const other = defaultOptions();
  other.prompt.music = 'A waltz.';
  other.soundtrack.seed = 2;
  const second = await run(first.job, other, 'soundtrack', [], steps);
  const [take] = entriesOf(second.job, 'soundtrack');
  const behind = optionsBehind(second.job, take as Entry);
  expect(behind.prompt?.music).toBeNull();
  const current = await resolveCurrent(steps, second.job, { ...other, ...behind });
  expect(current.soundtrack).toBe(take);
});
