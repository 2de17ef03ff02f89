import type { FilmOptions } from '#lib/job/entries/film.ts';
import type { Container, SoundCodec } from './choose-container.ts';
import { FilmError, type FilmSound } from './film-request.ts';
import { SOUND_LABELS } from './sound/sound-labels.ts';

/** ffmpeg holds its output in memory, which browsers limit. */
const MAX_BYTES = 1_000_000_000;
const SOUND_BITS_PER_SECOND = 256_000;
const MAX_PICTURE_BITS_PER_SECOND = 16_000_000;

/** Codecs (ffmpeg's names) that players support in an MP4. */
const MP4_CODECS = ['h264', 'hevc', 'av1', 'vp9', 'mpeg4'];
const NAMES: Record<string, string> = {
  mpeg4: 'MPEG-4',
  h264: 'H.264',
  hevc: 'H.265',
  theora: 'Theora',
  mjpeg: 'Motion JPEG',
};

/** How ffmpeg makes the film. */
export interface FfmpegPlan {
  container: Exclude<Container, 'webm'>;
  soundCodec: SoundCodec;
  isVideoCopied: boolean;
  why: string;
}

/**
 * Whether ffmpeg can copy the pictures or has to encode them.
 * @param codec ffmpeg's name of the video codec.
 * @throws FilmError for WebM, whose codecs take too long here, and for videos that are too large to copy in memory.
 */
export function planForFfmpeg(
  codec: string,
  fileBytes: number,
  { container, audioCodec }: Pick<FilmOptions, 'container' | 'audioCodec'>,
): FfmpegPlan {
  const name = NAMES[codec] ?? codec;
  if (container === 'webm')
    throw new FilmError(`WebM can't hold ${name} pictures: please choose "auto", MP4 or Matroska instead.`);
  const chosen = container === 'auto' ? 'mp4' : container;
  const isVideoCopied = chosen === 'mkv' || MP4_CODECS.includes(codec);
  if (isVideoCopied && fileBytes > MAX_BYTES) {
    const gigabytes = (fileBytes / 1e9).toFixed(1);
    throw new FilmError(
      `This kind of video (${name}) is put together in memory, which holds 1 GB; this one has ${gigabytes} GB. ` +
        'Please make a shorter piece of it, or an MP4 with H.264.',
    );
  }
  return {
    container: chosen,
    soundCodec: audioCodec === 'auto' ? 'aac' : audioCodec,
    isVideoCopied,
    why: isVideoCopied
      ? `ffmpeg copied the ${name} pictures untouched: the faster way does not read this kind of file.`
      : `The ${name} pictures were coded anew as H.264, because players don't know them in an MP4.`,
  };
}

/**
 * ffmpeg's arguments for a film. Sounds start with the first picture; timestamps are kept.
 * @param inputs Paths of the source and then of the sounds.
 */
export function ffmpegArguments(
  plan: FfmpegPlan,
  inputs: readonly string[],
  sounds: readonly Pick<FilmSound, 'role'>[],
  startSeconds: number,
  durationSeconds: number,
  output: string,
): string[] {
  const [source, ...wavs] = inputs;
  return [
    ...['-copyts', '-i', source!],
    ...wavs.flatMap((wav) => ['-itsoffset', startSeconds.toFixed(6), '-i', wav]),
    ...['-map', '0:v:0', ...wavs.flatMap((_, index) => ['-map', `${index + 1}:a:0`])],
    ...(plan.isVideoCopied ? ['-c:v', 'copy'] : h264Arguments(durationSeconds)),
    ...soundArguments(plan.soundCodec, sounds),
    ...(plan.container === 'mp4' ? ['-movflags', '+faststart'] : []),
    output,
  ];
}

/** How the sound tracks are encoded and named. */
export function soundArguments(codec: SoundCodec, sounds: readonly Pick<FilmSound, 'role'>[]): string[] {
  return [
    // libopus crashes in this build of ffmpeg; its native Opus encoder is good at this bit rate.
    // Perceptual noise substitution (PNS) would raise peaks, since every decoder makes its own noise.
    ...(codec === 'aac' ? ['-c:a', 'aac', '-aac_pns', '0'] : ['-c:a', 'opus', '-strict', '-2']),
    ...['-b:a', String(SOUND_BITS_PER_SECOND)],
    ...sounds.flatMap(({ role }, index) => labelArguments(role, index)),
  ];
}

/**
 * Good quality as fast as one thread can, within the memory limit; odd sides are scaled by a pixel.
 */
function h264Arguments(durationSeconds: number): string[] {
  const fitting = (MAX_BYTES * 8) / Math.max(1, durationSeconds) - SOUND_BITS_PER_SECOND;
  const most = String(Math.round(Math.min(MAX_PICTURE_BITS_PER_SECOND, Math.max(100_000, fitting))));
  return [
    ...['-c:v', 'libx264', '-preset', 'veryfast', '-crf', '20', '-maxrate', most, '-bufsize', most],
    ...['-pix_fmt', 'yuv420p', '-vf', 'scale=trunc((iw+1)/2)*2:trunc((ih+1)/2)*2', '-vsync', 'vfr'],
  ];
}

function labelArguments(role: FilmSound['role'], index: number): string[] {
  const { name, languageCode } = SOUND_LABELS[role];
  const stream = `s:a:${index}`;
  return [
    ...[`-metadata:${stream}`, `title=${name}`, `-metadata:${stream}`, `handler_name=${name}`],
    ...[`-metadata:${stream}`, `language=${languageCode}`],
    ...[`-disposition:a:${index}`, index === 0 ? 'default' : '0'],
  ];
}
