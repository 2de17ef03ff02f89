import type { FilmOutput } from '#lib/job/entries/film.ts';
import { copyVideo } from './copy-video.ts';
import { filmFileName } from './file-name.ts';
import type { FilmRequest, MadeFilm } from './film-request.ts';
import { filmWithFfmpeg } from './film-with-ffmpeg.ts';
import { filmPicture } from './picture/film-picture.ts';

const MIME_TYPES = { mp4: 'video/mp4', webm: 'video/webm', mkv: 'video/x-matroska' } as const;

/** Minimum step of the progress that is reported. */
const PROGRESS_STEP = 0.005;

/**
 * Makes a film in this worker.
 * @throws FilmError, WavError, StorageFullError, BlobMissingError, FfmpegError
 */
export async function makeFilmHere(
  request: FilmRequest,
  signal: AbortSignal,
  onProgress: (fraction: number) => void,
): Promise<FilmOutput> {
  const made = await make(request, signal, inSteps(onProgress));
  onProgress(1);
  return {
    ...made,
    mimeType: MIME_TYPES[made.container],
    fileName: filmFileName(request.name, made.container),
  };
}

async function make(
  request: FilmRequest,
  signal: AbortSignal,
  onProgress: (fraction: number) => void,
): Promise<MadeFilm> {
  if (request.kind === 'picture') return filmPicture(request, signal, onProgress);
  return (
    (await copyVideo(request, signal, onProgress)) ?? (await filmWithFfmpeg(request, signal, onProgress))
  );
}

function inSteps(onProgress: (fraction: number) => void) {
  let reported = 0;
  return (fraction: number) => {
    if (fraction < reported + PROGRESS_STEP) return;
    reported = fraction;
    onProgress(fraction);
  };
}
