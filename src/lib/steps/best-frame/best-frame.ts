import { proxy } from 'comlink';
import type { BlobName } from '#lib/job/blob-name.ts';
import type { BestFrameOutput } from '#lib/job/entries/best-frame.ts';
import type { Step, StepContext } from '#lib/job/step.ts';
import { WorkerRoom } from '#lib/worker/worker-room.ts';
import { chooseFrame } from './choose.ts';
import BestFrameWorker from './best-frame.worker.ts?worker';
import type { BestFrameApi } from './best-frame.worker.ts';
import { BEST_FRAME } from './meta.ts';

const room = new WorkerRoom<BestFrameApi>(BestFrameWorker);

/**
 * The picture that represents all the others best, among stored blobs or any image files.
 * @param chosen Index of the user's choice, or null.
 * @throws TypeError without pictures; PictureUnreadableError, BlobMissingError
 */
export async function findBestFrame(
  pictures: readonly (BlobName | Blob)[],
  chosen: number | null,
  { signal, onProgress }: StepContext,
): Promise<BestFrameOutput> {
  const { frames, embedder } = await room.call(signal, (api) => api.embed(pictures, proxy(onProgress)));
  return chooseFrame(frames, chosen, embedder);
}

/** The room that picks the one frame which stands for the clip. */
export const bestFrameStep: Step<'best-frame', 'frames'> = {
  ...BEST_FRAME,
  run: ({ frames }, { chosen }, context) =>
    findBestFrame(
      frames.output.frames.map(({ blob }) => blob),
      chosen,
      context,
    ),
};
