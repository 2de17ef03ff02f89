import type { FilmOptions, FilmOutput } from '#lib/job/entries/film.ts';
import { codecName } from '#lib/job/codec-name.ts';
import { FilmError } from './film-request.ts';

export type Container = FilmOutput['container'];
export type SoundCodec = 'aac' | 'opus';

/** Container, codecs, and the reason for them. */
export interface Packing {
  container: Container;
  soundCodec: SoundCodec;
  why: string;
}

const CARRIED = {
  mp4: { pictures: ['avc', 'hevc', 'av1', 'vp9'], sounds: ['aac', 'opus'] },
  webm: { pictures: ['vp8', 'vp9', 'av1'], sounds: ['opus'] },
  mkv: { pictures: ['avc', 'hevc', 'av1', 'vp9', 'vp8', 'prores'], sounds: ['opus', 'aac'] },
} as const satisfies Record<Container, { pictures: readonly string[]; sounds: readonly SoundCodec[] }>;

/**
 * Chooses container and sound codec for a video track that is copied. The user's choices are kept; `auto` prefers what
 * most players support: WebM stays WebM, everything else becomes MP4 if that can hold the codec.
 * @param videoCodec mediabunny's name, such as `avc`.
 * @throws FilmError when the user's choices are incompatible.
 */
export function choosePacking(
  videoCodec: string,
  isSourceWebM: boolean,
  { container, audioCodec }: Pick<FilmOptions, 'container' | 'audioCodec'>,
): Packing {
  const fits = (candidate: Container) =>
    (CARRIED[candidate].pictures as readonly string[]).includes(videoCodec) &&
    (audioCodec === 'auto' || (CARRIED[candidate].sounds as readonly string[]).includes(audioCodec));
  const preferred: Container[] = isSourceWebM ? ['webm', 'mp4', 'mkv'] : ['mp4', 'webm', 'mkv'];
  const chosen = (container === 'auto' ? preferred : [container]).find(fits);
  if (!chosen) throw new FilmError(refusal(videoCodec, container, audioCodec));
  const soundCodec = audioCodec === 'auto' ? CARRIED[chosen].sounds[0] : audioCodec;
  return { container: chosen, soundCodec, why: reason(videoCodec, chosen, container) };
}

function reason(videoCodec: string, chosen: Container, asked: FilmOptions['container']): string {
  const copied = `The ${codecName(videoCodec)} pictures were copied untouched`;
  if (asked !== 'auto') return `${copied} into the container that was asked for.`;
  if (chosen === 'mp4') return `${copied} into an MP4, which plays everywhere.`;
  return `${copied} into ${codecName(chosen)}, the usual container for them.`;
}

function refusal(videoCodec: string, container: FilmOptions['container'], audioCodec: string): string {
  const sound = audioCodec === 'auto' ? '' : ` with ${codecName(audioCodec)} sound`;
  const video = `${codecName(videoCodec)} pictures${sound}`;
  if (container === 'auto')
    return `No container holds ${video}: please let the sound codec be chosen for you.`;
  return `${codecName(container)} can't hold ${video} without coding them anew: please choose "auto" instead.`;
}
