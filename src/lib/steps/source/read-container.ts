import {
  FLAC,
  MATROSKA,
  MP4,
  MPEG_TS,
  OGG,
  QTFF,
  VideoSampleSink,
  WAVE,
  WEBM,
  type InputAudioTrack,
  type InputFormat,
  type InputVideoTrack,
} from 'mediabunny';
import { openContainer } from '#lib/media/container/open-container.ts';
import { ENCRYPTED, usableTracks, type UsableTracks } from '#lib/media/container/usable-tracks.ts';
import { readSpan } from './read-span.ts';
import { SOUND_ONLY, SourceError, type Identity } from './source-error.ts';

/** What mediabunny reads from a file, and whether this browser can decode its pictures. */
export interface ContainerReading {
  identity: Identity;
  /** False when mediabunny doesn't support the video codec: then it can't copy the track either. */
  isCodecKnown: boolean;
  /** True when this browser has decoded the first picture. */
  isPictureDecodable: boolean;
}

/**
 * Reads a file as a video container; null when it is none, or has no readable video track.
 * @throws SourceError when all its video tracks are encrypted or empty.
 */
export async function readContainer(file: Blob): Promise<ContainerReading | null> {
  using input = openContainer(file);
  let tracks: UsableTracks;
  try {
    if (!(await input.canRead())) return null;
    tracks = await usableTracks(input);
  } catch {
    return null; // The headers are truncated: ffmpeg reports what is wrong.
  }
  const { video, discarded } = tracks;
  const format = await input.getFormat();
  if (!video) {
    refuseWithoutVideo(tracks, format);
    return null;
  }
  const codec = await video.getCodec();
  const span = await readSpan(video);
  if (span.cut) discarded.push({ track: 'the end of the video', reason: span.cut });
  const size = await decodeSize(video);
  return {
    isCodecKnown: codec !== null,
    isPictureDecodable: size !== null,
    identity: {
      kind: 'video',
      mimeType: format.mimeType,
      container: containerName(format),
      width: size?.width ?? Math.round(await video.getDisplayWidth()),
      height: size?.height ?? Math.round(await video.getDisplayHeight()),
      rotationDegrees: await video.getRotation(),
      durationSeconds: span.durationSeconds,
      startSeconds: span.startSeconds,
      frameRate: span.frameRate,
      videoCodec: (await video.getCodecParameterString()) ?? codec ?? (await innerCodec(video)),
      isHdr: await video.hasHighDynamicRange(),
      audioTracks: await Promise.all(tracks.audio.map(readAudio)),
      discardedTracks: discarded,
      readBy: 'mediabunny',
      why: span.cut ?? 'Read without a detour.',
    },
  };
}

/** Containers in which mediabunny finds every video track, even with an unknown codec. */
const SEEN_WHOLE: InputFormat[] = [MP4, QTFF, MATROSKA, WEBM, WAVE, FLAC];

function refuseWithoutVideo({ audio, discarded }: UsableTracks, format: InputFormat): void {
  const pictures = discarded.filter(({ track }) => track.startsWith('video'));
  if (pictures.some(({ reason }) => reason === ENCRYPTED))
    throw new SourceError(
      'A video without copy protection is needed; the pictures of this one are encrypted.',
    );
  if (pictures.length > 0)
    throw new SourceError(
      'A video with at least one picture is needed; the video track of this file is empty.',
    );
  if (audio.length > 0 && SEEN_WHOLE.includes(format)) throw new SourceError(SOUND_ONLY);
}

/** The displayed size of the first picture; null when this browser can't decode it. */
async function decodeSize(video: InputVideoTrack): Promise<{ width: number; height: number } | null> {
  try {
    if (!(await video.canDecode())) return null;
    // The pixel aspect may be only in the bitstream, so the decoded picture is more reliable than the container.
    for await (const sample of new VideoSampleSink(video).samples()) {
      const { displayWidth: width, displayHeight: height } = sample;
      sample.close();
      return { width: Math.round(width), height: Math.round(height) };
    }
  } catch {
    // Damaged, or not really supported by the decoder: ffmpeg is tried next.
  }
  return null;
}

async function readAudio(track: InputAudioTrack): Promise<Identity['audioTracks'][number]> {
  return {
    codec: (await track.getCodec()) ?? (await innerCodec(track)),
    channels: await track.getNumberOfChannels(),
    sampleRate: await track.getSampleRate(),
    durationSeconds: (await track.computeDuration()) - (await track.getFirstTimestamp()),
    isDecodable: await track.canDecode(),
  };
}

async function innerCodec(track: InputVideoTrack | InputAudioTrack): Promise<string> {
  const id = await track.getInternalCodecId();
  return id instanceof Uint8Array ? String.fromCharCode(...id) : String(id ?? 'unknown');
}

function containerName(format: InputFormat): string {
  const names = new Map<InputFormat, string>([
    [MP4, 'mp4'],
    [QTFF, 'mov'],
    [WEBM, 'webm'],
    [MATROSKA, 'mkv'],
    [OGG, 'ogg'],
    [MPEG_TS, 'ts'],
  ]);
  return names.get(format) ?? format.name.toLowerCase();
}
