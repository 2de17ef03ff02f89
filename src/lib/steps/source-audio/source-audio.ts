import { proxy } from 'comlink';
import type { SourceOutput } from '#lib/job/entries/source.ts';
import type { SourceAudioOutput } from '#lib/job/entries/source-audio.ts';
import { filmNeeds, type Step, type StepContext } from '#lib/job/step.ts';
import { readBlob } from '#lib/worker/blob-store.ts';
import { WorkerClient } from '#lib/worker/worker-client.ts';
import { noSourceAudio, type SourceAudioRequest } from './finding.ts';
import type { SourceAudioApi } from './source-audio.worker.ts';
import SourceAudioWorker from './source-audio.worker.ts?worker';

export { readSoundFile, SoundFileError, type SoundFault } from './sound-file.ts';

const worker = new WorkerClient<SourceAudioApi>(SourceAudioWorker);

/**
 * Decodes the sound of a video file to a stem that starts at `startSeconds`.
 * @throws StorageFullError when the device is full. Problems of the file are no errors.
 */
export async function decodeSound(
  request: SourceAudioRequest,
  { signal, onProgress }: StepContext,
): Promise<SourceAudioOutput> {
  return worker.call(signal, (api) => api.read(request, proxy(onProgress)));
}

/** The same for the time span of the pictures, or of the sound in a file without pictures. */
export async function decodeWholeSound(file: Blob, context: StepContext): Promise<SourceAudioOutput> {
  const span = await worker.call(context.signal, (api) => api.span(file));
  return span
    ? decodeSound({ file, ...span }, context)
    : noSourceAudio('The length of this file is not known.');
}

const needs = filmNeeds('source');

/** The step that decodes the source's own sound. */
export const sourceAudioStep: Step<'source-audio', typeof needs> = {
  name: 'source-audio',
  version: 1,
  about: ['film'],
  needs,
  isAutomatic: true,
  run: async ({ source }, _options, context) => ({ output: await soundOf(source.output, context) }),
  replans: () => false,
};

async function soundOf(
  { durationSeconds, startSeconds, audioTracks, blob }: SourceOutput,
  context: StepContext,
): Promise<SourceAudioOutput> {
  if (durationSeconds === null) return noSourceAudio('A picture has no sound.');
  if (audioTracks.length === 0) return noSourceAudio('The video has no sound track.');
  return decodeSound({ file: await readBlob(blob), startSeconds, durationSeconds }, context);
}
