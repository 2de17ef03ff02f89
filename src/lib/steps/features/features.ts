import { proxy } from 'comlink';
import type { FeaturesOutput } from '#lib/job/entries/features.ts';
import { scenesInSource } from '#lib/job/scene-span.ts';
import { filmNeeds, type Step, type StepContext } from '#lib/job/step.ts';
import { WorkerClient } from '#lib/worker/worker-client.ts';
import FeaturesWorker from './features.worker.ts?worker';
import type { FeaturesApi, Film, TimedPicture } from './features.worker.ts';

const worker = new WorkerClient<FeaturesApi>(FeaturesWorker);

/**
 * Measures pictures in order of time: stored blobs or image files.
 * @param film The clip that they are from; what is left out is not known.
 * @throws PictureUnreadableError, BlobMissingError
 */
export function measurePictures(
  pictures: readonly TimedPicture[],
  film: Partial<Film>,
  { signal, onProgress }: StepContext,
): Promise<FeaturesOutput> {
  const all = { durationSeconds: null, cuts: [], scenes: [], watched: null, ...film };
  return worker.call(signal, (api) => api.measure(pictures, all, proxy(onProgress)));
}

const needs = filmNeeds('frames', 'source', 'watch', 'scenes');

/** The step that measures the frames: light, colour, motion and place, and the mood that they suggest. */
export const featuresStep: Step<'features', typeof needs> = {
  name: 'features',
  version: 5,
  about: ['film'],
  needs,
  readsBlobs: () => ['frames', 'watch'],
  run: async ({ frames, source, watch, scenes }, _options, context) => {
    const { startSeconds, durationSeconds } = source.output;
    const { boundaries, scenes: spans } = scenes.output;
    const output = await measurePictures(
      frames.output.frames.map(({ takenSeconds, blob }) => ({ atSeconds: takenSeconds, picture: blob })),
      {
        durationSeconds,
        cuts: boundaries.map(({ atSeconds, weight }) => ({ atSeconds: atSeconds + startSeconds, weight })),
        scenes: scenesInSource(spans, source.output),
        watched: watch.output.watched,
      },
      context,
    );
    return { output };
  },
};
