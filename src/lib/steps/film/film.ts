import { proxy } from 'comlink';
import type { FilmOutput } from '#lib/job/entries/film.ts';
import type { Stem } from '#lib/job/entries/soundtrack.ts';
import { filmNeeds, type Inputs, type Step, type StepContext } from '#lib/job/step.ts';
import type { OptionsOf } from '#lib/job/entry.ts';
import { readBlob } from '#lib/worker/blob-store.ts';
import { WorkerClient } from '#lib/worker/worker-client.ts';
import type { FilmRequest, FilmSound } from './film-request.ts';
import FilmWorker from './film.worker.ts?worker';
import type { FilmApi } from './film.worker.ts';

/** How long the worker may take to delete its unfinished file before it is terminated. */
const CANCEL_MILLISECONDS = 2000;

const worker = new WorkerClient<FilmApi>(FilmWorker);

/**
 * Makes the finished file: the copied pictures of a video, or a clip from a picture, with its sound.
 * @throws FilmError when it can't be made as requested, FfmpegError, WavError, StorageFullError, BlobMissingError.
 */
export async function makeFilm(
  request: FilmRequest,
  { signal, onProgress }: StepContext,
): Promise<FilmOutput> {
  signal.throwIfAborted();
  const id = crypto.randomUUID();
  const end = new AbortController();
  const onAbort = () => {
    setTimeout(() => end.abort(signal.reason), CANCEL_MILLISECONDS);
    worker.call(end.signal, (api) => api.cancel(id)).catch(() => undefined);
  };
  signal.addEventListener('abort', onAbort, { once: true });
  try {
    return await worker.call(end.signal, (api) => api.make(id, request, proxy(onProgress)));
  } catch (error) {
    signal.throwIfAborted();
    throw error;
  } finally {
    signal.removeEventListener('abort', onAbort);
  }
}

const needs = filmNeeds('source', 'assemble', 'source-audio', 'mix');

/** The step that makes the film: the file that is saved and shared. */
export const filmStep: Step<'film', typeof needs> = {
  name: 'film',
  version: 1,
  about: ['film'],
  needs,
  run: async (inputs, options, context) => ({
    output: await makeFilm(await toRequest(inputs, options), context),
  }),
  replans: () => false,
};

async function toRequest(
  { source, assemble, 'source-audio': sourceAudio, mix }: Inputs<typeof needs>,
  options: OptionsOf<'film'>,
): Promise<FilmRequest> {
  const { kind, blob, name, startSeconds } = source.output;
  const { music, effects, voice } = assemble.output;
  const parts: [FilmSound['role'], Stem | null][] =
    options.tracks === 'mixed'
      ? []
      : [
          ['music', music],
          ['effects', effects],
          ['voice', voice],
          ['original', sourceAudio.output.stem],
        ];
  const stems = [['mix', mix.output.stem] as const, ...parts];
  const sounds = await Promise.all(
    stems.flatMap(([role, stem]) => (stem ? [readBlob(stem.blob).then((wav) => ({ role, wav }))] : [])),
  );
  const durationSeconds = source.output.durationSeconds ?? mix.output.durationSeconds;
  return { kind, file: await readBlob(blob), name, startSeconds, durationSeconds, sounds, options };
}
