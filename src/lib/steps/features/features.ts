import { proxy } from 'comlink';
import type { FeaturesOutput } from '#lib/job/entries/features.ts';
import { filmNeeds, type Step, type StepContext } from '#lib/job/step.ts';
import { WorkerClient } from '#lib/worker/worker-client.ts';
import FeaturesWorker from './features.worker.ts?worker';
import type { TimedPicture, FeaturesApi } from './features.worker.ts';
import type { SceneSpan } from './measure.ts';

const worker = new WorkerClient<FeaturesApi>(FeaturesWorker);

/**
 * Measures pictures in order of time: stored blobs or image files.
 * @param durationSeconds Length of their clip, or null for single pictures.
 * @param cuts The boundaries between its shots, and
 * @param scenes its scenes, both on the clock of the pictures.
 * @throws PictureUnreadableError, BlobMissingError
 */
export function measurePictures(
  pictures: readonly TimedPicture[],
  durationSeconds: number | null,
  { signal, onProgress }: StepContext,
  cuts: FeaturesOutput['cuts'] = [],
  scenes: readonly SceneSpan[] = [],
): Promise<FeaturesOutput> {
  return worker.call(signal, (api) =>
    api.measure(pictures, durationSeconds, cuts, scenes, proxy(onProgress)),
  );
}

const needs = filmNeeds('frames', 'source', 'scenes');

/** The step that measures the frames: light, colour, motion and place, and the mood that they suggest. */
export const featuresStep: Step<'features', typeof needs> = {
  name: 'features',
  version: 3,
  about: ['film'],
  needs,
  readsBlobs: () => ['frames'],
  run: async ({ frames, source, scenes }, _options, context) => {
    const { startSeconds, durationSeconds } = source.output;
    const { boundaries, scenes: spans } = scenes.output;
    const output = await measurePictures(
      frames.output.frames.map(({ takenSeconds, blob }) => ({ atSeconds: takenSeconds, picture: blob })),
      durationSeconds,
      context,
      boundaries.map(({ atSeconds, weight }) => ({ atSeconds: atSeconds + startSeconds, weight })),
      spans.map(({ id, ...span }) => ({
        id,
        startSeconds: span.startSeconds + startSeconds,
        endSeconds: span.endSeconds + startSeconds,
      })),
    );
    return { output };
  },
};
