import { open } from 'node:fs/promises';
import { FilePathSource, Input, MP4, QTFF, WAVE, WEBM, type InputTrack } from 'mediabunny';
import { checkMp4 } from './check-mp4.ts';
import { checkWav } from './check-wav.ts';
import { MediaRefusedError, type MediaFacts } from './media-facts.ts';

const VIDEO_CODECS = new Set<string | null>(['avc', 'hevc', 'vp8', 'vp9', 'av1']);
const AUDIO_CODECS = new Set<string | null>([
  'aac',
  'opus',
  'mp3',
  'vorbis',
  'flac',
  'pcm-s16',
  'pcm-s24',
  'pcm-f32',
]);
const MAX_AUDIO_TRACKS = 4;
const MAX_SECONDS = 7200;
const MAX_SIDE_PIXELS = 8192;

/**
 * Parses an uploaded file and checks its container, tracks, codecs, duration and dimensions.
 * @throws MediaRefusedError
 */
export async function inspectMedia(path: string, wanted: 'film' | 'sound'): Promise<MediaFacts> {
  using input = new Input({ source: new FilePathSource(path), formats: [MP4, QTFF, WEBM, WAVE] });
  const format = await input.getFormat().catch(() => null);
  if (!format) throw refused('it is neither MP4 nor WebM nor WAV');
  if (format === QTFF) throw refused('it is a QuickTime file; MP4 or WebM were wanted');
  await checkTiling(path, format.name);
  const tracks = await input.getTracks().catch(() => {
    throw refused('its tracks can’t be read');
  });
  const videos = tracks.filter((track) => track.isVideoTrack());
  const audios = tracks.filter((track) => track.isAudioTrack());
  if (videos.length + audios.length !== tracks.length)
    throw refused('it has tracks that are neither picture nor sound');
  if (videos.length > 1 || audios.length > MAX_AUDIO_TRACKS) throw refused('it has too many tracks');
  if (wanted === 'film' && videos.length === 0) throw refused('it has no picture');
  if (wanted === 'sound' && videos.length > 0) throw refused('only sound was wanted, and it has a picture');
  if (audios.length === 0) throw refused('it has no sound');
  await checkCodecs(videos, VIDEO_CODECS);
  await checkCodecs(audios, AUDIO_CODECS);
  const durationSeconds = await input.computeDuration().catch(() => NaN);
  if (!(durationSeconds > 0 && durationSeconds <= MAX_SECONDS))
    throw refused('it is empty or longer than two hours');
  const [video] = videos;
  const [width, height] = video ? [await video.getDisplayWidth(), await video.getDisplayHeight()] : [0, 0];
  if (Math.max(width, height) > MAX_SIDE_PIXELS) throw refused('its picture is too large');
  return { type: typeOf(format.name, wanted), durationSeconds, width, height };
}

async function checkTiling(path: string, format: string): Promise<void> {
  await using file = await open(path);
  const { size } = await file.stat();
  if (format === MP4.name) await checkMp4(file, size);
  if (format === WAVE.name) await checkWav(file, size);
}

async function checkCodecs(tracks: InputTrack[], allowed: ReadonlySet<string | null>): Promise<void> {
  for (const track of tracks) {
    const codec = await track.getCodec();
    if (!allowed.has(codec)) throw refused(`its codec ${codec ?? '(unknown)'} is not one that browsers play`);
  }
}

function typeOf(format: string, wanted: 'film' | 'sound'): MediaFacts['type'] {
  if (format === WAVE.name) return 'audio/wav';
  const kind = wanted === 'film' ? 'video' : 'audio';
  return format === WEBM.name ? `${kind}/webm` : `${kind}/mp4`;
}

function refused(why: string): MediaRefusedError {
  return new MediaRefusedError(`This file can’t become a link: ${why}.`);
}
