import { proxy } from 'comlink';
import type { SourceOutput } from '#lib/job/entries/source.ts';
import type { WatchOutput } from '#lib/job/entries/watch.ts';
import type { OptionsOf } from '#lib/job/entry.ts';
import { filmNeeds, type Step, type StepContext } from '#lib/job/step.ts';
import { WorkerClient } from '#lib/worker/worker-client.ts';
import type { WatchApi } from './watch.worker.ts';
import WatchWorker from './watch.worker.ts?worker';

const worker = new WorkerClient<WatchApi>(WatchWorker);

/** Watches every picture of a video; of a photo there is nothing to watch. */
export async function watchSource(
  source: SourceOutput,
  { budgetSeconds }: OptionsOf<'watch'>,
  { signal, onProgress }: StepContext,
): Promise<WatchOutput> {
  if (source.kind === 'picture')
    return { pictures: 0, seen: 1, watched: null, readBy: 'none', why: 'In a photo nothing changes.' };
  return worker.call(signal, (api) => api.watch(source, budgetSeconds, proxy(onProgress)));
}

const needs = filmNeeds('source');

/** The step that watches the whole film once, so that what is found in it needs no decoding any more. */
export const watchStep: Step<'watch', typeof needs> = {
  name: 'watch',
  version: 3,
  about: ['film'],
  needs,
  run: async ({ source }, options, context) => ({
    output: await watchSource(source.output, options, context),
  }),
  // A faster or less busy device sees more the next time.
  isLasting: ({ output }) => output.readBy !== 'index',
};
