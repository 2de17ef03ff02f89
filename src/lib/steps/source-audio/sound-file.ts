import { proxy } from 'comlink';
import type { Stem } from '#lib/job/entries/soundtrack.ts';
import type { StepContext } from '#lib/job/step.ts';
import { WorkerClient } from '#lib/worker/worker-client.ts';
import type { SourceAudioApi } from './source-audio.worker.ts';
import type { SoundSpan } from './sound-span.ts';
import SourceAudioWorker from './source-audio.worker.ts?worker';

/** Why a file gives no sound: it has none, nothing reads it, or it is longer than `LONGEST_SOUND_SECONDS`. */
export type SoundFault = 'silent' | 'unreadable' | 'too-long';

export const LONGEST_SOUND_SECONDS = 7200;

/** A file that can't be used as a sound; `fault` says why. */
export class SoundFileError extends Error {
  override name = 'SoundFileError';
  readonly fault: SoundFault;

  constructor(fault: SoundFault, message: string) {
    super(message);
    this.fault = fault;
  }
}

/** One of its own, so that the step of the source is not ended with it. */
const worker = new WorkerClient<SourceAudioApi>(SourceAudioWorker);

/**
 * Decodes a sound file of any kind, or the sound of a video, to a stem.
 * @throws SoundFileError when there is no usable sound; StorageFullError when the device is full.
 */
export async function readSoundFile(file: File, { signal, onProgress }: StepContext): Promise<Stem> {
  const wanted = 'A sound file was wanted';
  const span = await worker.call(signal, async (api): Promise<SoundSpan | 'none' | null> =>
    api.soundSpan(file),
  );
  if (span === 'none') throw new SoundFileError('silent', `${wanted}; “${file.name}” has no sound in it.`);
  if (!span || !(span.durationSeconds > 0))
    throw new SoundFileError(
      'unreadable',
      `${wanted}; “${file.name}” is of another kind, protected or damaged.`,
    );
  if (span.durationSeconds > LONGEST_SOUND_SECONDS)
    throw new SoundFileError(
      'too-long',
      `${wanted} of at most two hours; “${file.name}” has ${(span.durationSeconds / 3600).toFixed(1)}.`,
    );
  const { stem, readBy } = await worker.call(signal, (api) => api.read({ file, ...span }, proxy(onProgress)));
  if (stem) return stem;
  throw readBy === 'nothing'
    ? new SoundFileError(
        'unreadable',
        `The sound of “${file.name}” can’t be decoded: it is protected or damaged.`,
      )
    : new SoundFileError('silent', `“${file.name}” is silent from its beginning to its end.`);
}
