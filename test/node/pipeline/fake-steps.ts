import { expect } from 'vitest';
import type { Entry, StepName } from '#lib/job/entry.ts';
import { deviceMaker } from '#lib/job/maker.ts';
import { append, createJob, type Job } from '#lib/job/job.ts';
import type { Options } from '#lib/job/options.ts';
import type { Needs } from '#lib/job/step.ts';
import { FILM } from '#lib/job/subject.ts';
import { runPipeline } from '#lib/pipeline/pipeline.ts';
import type { AnyStep } from '#lib/pipeline/steps.ts';

/** A step with the name of a real one that counts its runs and checks its inputs. */
export function fakeStep(
  log: string[],
  name: StepName,
  needs: StepName[] | Needs,
  output: (options: object, inputs: Record<string, Entry | Entry[]>) => object,
  more: Partial<AnyStep> = {},
): AnyStep {
  const roles: Needs = Array.isArray(needs)
    ? Object.fromEntries(needs.map((step) => [step, { step, of: 'film' }]))
    : needs;
  return {
    ...{ name, version: 1, about: ['film'], needs: roles },
    run: (inputs, options, { signal, span }) => {
      signal.throwIfAborted();
      expect(Object.keys(inputs)).toEqual(Object.keys(roles));
      log.push(span ? `${name} ${span.subject}` : name);
      return Promise.resolve({ output: output(options, inputs) as never });
    },
    ...more,
  };
}

/** Four small steps in a row. */
export function fakeSteps(log: string[] = []): AnyStep[] {
  return [
    fakeStep(log, 'frames', ['source'], (options) => ({ k: (options as { k: number }).k })),
    fakeStep(log, 'features', ['frames'], () => ({ always: 'the same' })),
    fakeStep(log, 'prompt', ['features'], (options) => ({ options })),
    fakeStep(log, 'soundtrack', ['prompt', 'source'], (options) => ({ options })),
  ];
}

export function jobWithSource(): Job {
  const source = { step: 'source', subject: FILM, key: 's', inputs: {}, options: {}, maker: deviceMaker() };
  return append(createJob(), { ...source, output: { md5: '1' } } as unknown as Entry);
}

/** Runs the steps up to a goal; returns the document and a line for every entry. */
export async function run(
  job: Job,
  options: Options,
  until: StepName,
  steps: readonly AnyStep[],
): Promise<{ job: Job; lines: string[] }> {
  const lines: string[] = [];
  const after = await runPipeline(steps, job, options, [until], new AbortController().signal, {
    onProgress: () => undefined,
    onEntry: (entry, isNew) => lines.push(`${entry.step}${isNew ? '' : ' (known)'}`),
  });
  return { job: after, lines };
}
