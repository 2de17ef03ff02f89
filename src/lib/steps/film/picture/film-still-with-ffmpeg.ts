import { FfmpegProgram, inputPath } from '#lib/ffmpeg/ffmpeg-program.ts';
import { storeBytes } from '#lib/worker/blob-writer.ts';
import { FilmError, type FilmRequest, type MadeFilm } from '../film-request.ts';
import { soundArguments } from '../ffmpeg-arguments.ts';
import { FRAME_RATE } from './picture-encoder.ts';
import type { PreparedPicture } from './prepared-picture.ts';

/**
 * Makes a clip with a still picture without any encoder of the browser.
 * @throws FilmError for WebM, whose codecs take too long here; FfmpegError, StorageFullError.
 */
export async function filmStillWithFfmpeg(
  picture: PreparedPicture,
  { sounds, options }: Pick<FilmRequest, 'sounds' | 'options'>,
  durationSeconds: number,
  signal: AbortSignal,
  onProgress: (fraction: number) => void,
): Promise<MadeFilm> {
  const { container: asked, audioCodec } = options;
  if (asked === 'webm')
    throw new FilmError('This browser can\'t code WebM pictures: please choose "auto" or MP4 instead.');
  const container = asked === 'auto' ? 'mp4' : asked;
  const soundCodec = audioCodec === 'auto' ? 'aac' : audioCodec;
  const wavs = sounds.map(({ wav }, index) => [`sound${index}.wav`, wav] as const);
  const still = await picture.canvas.convertToBlob({ type: 'image/png' });
  using program = await FfmpegProgram.open(new Map([['picture.png', still], ...wavs]), signal);
  const output = `film.${container}`;
  const { width, height } = picture.clip;
  const args = [
    ...[
      '-loop',
      '1',
      '-framerate',
      String(FRAME_RATE),
      '-t',
      durationSeconds.toFixed(6),
      '-i',
      inputPath('picture.png'),
    ],
    ...wavs.flatMap(([name]) => ['-i', inputPath(name)]),
    ...['-map', '0:v:0', ...wavs.flatMap((_, index) => ['-map', `${index + 1}:a:0`])],
    ...['-c:v', 'libx264', '-preset', 'veryfast', '-tune', 'stillimage', '-crf', '20', '-pix_fmt', 'yuv420p'],
    ...['-vf', `scale=${width}:${height}`, '-g', String(10 * FRAME_RATE)],
    ...soundArguments(soundCodec, sounds),
    ...(container === 'mp4' ? ['-movflags', '+faststart'] : []),
    output,
  ];
  const { outputs } = await program.run(args, [output], { onProgress });
  const bytes = outputs.get(output);
  if (!bytes?.byteLength) throw new FilmError('ffmpeg ended without having written the film.');
  return {
    blob: await storeBytes(bytes),
    bytes: bytes.byteLength,
    container,
    videoCodec: 'avc',
    audioCodec: soundCodec,
    durationSeconds,
    isVideoCopied: false,
    writtenBy: 'ffmpeg',
    why: 'The picture stands still, because this browser has no encoder for pictures: ffmpeg coded them.',
  };
}
