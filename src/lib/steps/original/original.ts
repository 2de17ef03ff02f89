import { proxy } from 'comlink';
import type { OriginalOutput } from '#lib/job/entries/original.ts';
import type { Step, StepContext } from '#lib/job/step.ts';
import { readBlob } from '#lib/worker/blob-store.ts';
import { WorkerRoom } from '#lib/worker/worker-room.ts';
import type { OriginalRequest } from './finding.ts';
import { meta } from './meta.ts';
import { noOriginal } from './no-original.ts';
import type { OriginalApi } from './original.worker.ts';
import OriginalWorker from './original.worker.ts?worker';

const room = new WorkerRoom<OriginalApi>(OriginalWorker);

/**
 * Decodes the sound of a video file into a stem that begins at `startSeconds`.
 * @throws StorageFullError when the device is full. What the file is like never makes it fail.
 */
export async function decodeSound(
  request: OriginalRequest,
  { signal, onProgress }: StepContext,
): Promise<OriginalOutput> {
  return room.call(signal, (api) => api.read(request, proxy(onProgress)));
}

/** The same for the whole length of the pictures, or of the sound in a file without pictures. */
export async function decodeWholeSound(file: Blob, context: StepContext): Promise<OriginalOutput> {
  const span = await room.call(context.signal, (api) => api.span(file));
  return span ? decodeSound({ file, ...span }, context) : noOriginal('The length of this file is not known.');
}

/** The room that keeps the sound which the video came with. */
export const originalStep: Step<'original', 'source'> = {
  ...meta,
  async run({ source }, _options, context) {
    const { durationSeconds, startSeconds, audioTracks, blob } = source.output;
    if (durationSeconds === null) return noOriginal('A picture has no sound.');
    if (audioTracks.length === 0) return noOriginal('The video has no sound track.');
    return decodeSound({ file: await readBlob(blob), startSeconds, durationSeconds }, context);
  },
};
