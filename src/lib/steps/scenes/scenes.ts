import type { ScenesOutput } from '#lib/job/entries/scenes.ts';
import { filmNeeds, type Step } from '#lib/job/step.ts';
import { WorkerClient } from '#lib/worker/worker-client.ts';
import type { ScenesApi } from './scenes.worker.ts';
import ScenesWorker from './scenes.worker.ts?worker';

const worker = new WorkerClient<ScenesApi>(ScenesWorker);

const needs = filmNeeds('watch', 'length');

/** The step that finds the boundaries between shots in what was watched, and divides the film into scenes. */
export const scenesStep: Step<'scenes', typeof needs> = {
  name: 'scenes',
  version: 2,
  about: ['film'],
  needs,
  readsBlobs: () => ['watch'],
  async run({ watch, length }, options, { signal }) {
    const { watched } = watch.output;
    const output: ScenesOutput = watched
      ? await worker.call(signal, (api) => api.find(watched, length.output, options))
      : (await import('./find-scenes.ts')).findScenes(null, length.output, options);
    return { output };
  },
};
