import type { ScenesOptions, ScenesOutput } from '#lib/job/entries/scenes.ts';
import type { SourceOutput } from '#lib/job/entries/source.ts';
import { filmNeeds, type Step, type StepContext } from '#lib/job/step.ts';
import { WorkerClient } from '#lib/worker/worker-client.ts';
import { scoredIn, type KnownScores } from './network/scored-in.ts';
import type { ScenesApi } from './scenes.worker.ts';
import ScenesWorker from './scenes.worker.ts?worker';

const worker = new WorkerClient<ScenesApi>(ScenesWorker);

/** What the network has said in the document that a run was for last. */
let known: KnownScores | null = null;

const needs = filmNeeds('source', 'watch', 'length');

/** The step that finds the boundaries between shots in what was watched, and divides the film into scenes. */
export const scenesStep: Step<'scenes', typeof needs> = {
  name: 'scenes',
  version: 2,
  about: ['film'],
  needs,
  prepare({ detector }, _signal, job) {
    if (detector === 'network' && job) known = scoredIn(job);
  },
  readsBlobs: ({ detector }) => (detector === 'network' ? ['source', 'watch'] : ['watch']),
  async run({ source, watch, length }, options, context) {
    const { watched } = watch.output;
    if (!watched) {
      const { findScenes } = await import('./find-scenes.ts');
      return { output: findScenes(null, length.output, options) };
    }
    const { scores, maker, ...how } = await score(source.output, options, context);
    const found: ScenesOutput = await worker.call(context.signal, (api) =>
      api.find(watched, length.output, options, scores),
    );
    const output = { ...found, ...how, ...(scores && { scores }) };
    return { output, ...(maker && { maker }) };
  },
  // A missing network may be installed the next time.
  isLasting: ({ output }) => output.error === undefined,
};

/** What the network says, where it is asked for, and how that came. */
async function score(source: SourceOutput, options: ScenesOptions, context: StepContext) {
  if (options.detector !== 'network') return { scores: null, maker: null };
  const { scoreByNetwork } = await import('./network/network.ts');
  const scored = await scoreByNetwork(source, options, context, known);
  const readBy = scored.scores ? ('network' as const) : ('auto' as const);
  return { maker: null, ...scored, readBy };
}
