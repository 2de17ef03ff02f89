import { FfmpegProgram, inputPath } from '#lib/ffmpeg/ffmpeg-program.ts';
import { probeInput } from '#lib/ffmpeg/probe-with-ffmpeg.ts';
import { storeBytes } from '#lib/worker/blob-writer.ts';
import { ffmpegArguments, planForFfmpeg } from './ffmpeg-arguments.ts';
import { FilmError, type FilmRequest, type MadeFilm } from './film-request.ts';

/** mediabunny's names of codecs that ffmpeg names differently. */
const CODEC_NAMES: Record<string, string> = { h264: 'avc' };

/**
 * Makes a film from a video that mediabunny can't copy: slower, and in memory.
 * @throws FilmError when the file has no pictures or can't be made as requested; FfmpegError, StorageFullError.
 */
export async function filmWithFfmpeg(
  request: FilmRequest,
  signal: AbortSignal,
  onProgress: (fraction: number) => void,
): Promise<MadeFilm> {
  const sounds = request.sounds.map(({ wav }, index) => [`sound${index}.wav`, wav] as const);
  using program = await FfmpegProgram.open(new Map([['source', request.file], ...sounds]), signal);
  const { streams } = await probeInput(program, 'source');
  const pictures = streams.find(({ type, isCover }) => type === 'video' && !isCover);
  if (!pictures?.codec)
    throw new FilmError('A video with pictures is needed; this file has none that can be read.');
  const plan = planForFfmpeg(pictures.codec, request.file.size, request.options);
  const startSeconds = request.startSeconds ?? pictures.startSeconds;
  const durationSeconds = request.durationSeconds ?? pictures.durationSeconds ?? 0;
  const name = `film.${plan.container}`;
  const inputs = ['source', ...sounds.map(([sound]) => sound)].map(inputPath);
  const args = ffmpegArguments(plan, inputs, request.sounds, startSeconds, durationSeconds, name);
  const { outputs } = await program.run(args, [name], { onProgress });
  const bytes = outputs.get(name);
  if (!bytes?.byteLength) throw new FilmError('ffmpeg ended without having written the film.');
  const { container, isVideoCopied, why } = plan;
  return {
    blob: await storeBytes(bytes),
    bytes: bytes.byteLength,
    container,
    videoCodec: isVideoCopied ? (CODEC_NAMES[pictures.codec] ?? pictures.codec) : 'avc',
    audioCodec: plan.soundCodec,
    durationSeconds,
    isVideoCopied,
    writtenBy: 'ffmpeg',
    why,
  };
}
