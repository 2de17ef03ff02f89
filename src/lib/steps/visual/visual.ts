import { proxy } from 'comlink';
import type { VisualOutput } from '#lib/job/entries/visual.ts';
import type { Step, StepContext } from '#lib/job/step.ts';
import { WorkerRoom } from '#lib/worker/worker-room.ts';
import { VISUAL } from './meta.ts';
import VisualWorker from './visual.worker.ts?worker';
import type { TimedPicture, VisualApi } from './visual.worker.ts';

const room = new WorkerRoom<VisualApi>(VisualWorker);

/**
 * Measures pictures in order of time: stored blobs or any image files.
 * @param durationSeconds Length of the clip they come from, or null for pictures that are no clip.
 * @throws PictureUnreadableError, BlobMissingError
 */
export function measurePictures(
  pictures: readonly TimedPicture[],
  durationSeconds: number | null,
  { signal, onProgress }: StepContext,
): Promise<VisualOutput> {
  return room.call(signal, (api) => api.measure(pictures, durationSeconds, proxy(onProgress)));
}

/** The room that looks: measures light, colour, movement and place of the frames, and the mood that they give. */
export const visualStep: Step<'visual', 'frames' | 'source'> = {
  ...VISUAL,
  run: ({ frames, source }, _options, context) =>
    measurePictures(
      frames.output.frames.map(({ takenSeconds, blob }) => ({ atSeconds: takenSeconds, picture: blob })),
      source.output.durationSeconds,
      context,
    ),
};
