import {
  MATROSKA,
  MP4,
  MPEG_TS,
  OGG,
  QTFF,
  WEBM,
  type InputAudioTrack,
  type InputVideoTrack,
} from 'mediabunny';
import type { InputFormat } from 'mediabunny';
import { openContainer } from '#lib/media/container/open-container.ts';
import { lastReadableSeconds } from './last-readable-seconds.ts';
import { SourceError, type Identity } from './source-error.ts';

/** What mediabunny makes of a file, and whether this browser can show its pictures. */
export interface ContainerReading {
  identity: Identity;
  /** False when mediabunny doesn't know the video codec: then it can't copy the track either. */
  isCodecKnown: boolean;
  isPictureDecodable: boolean;
}

/** The shortest a film may be told to be: one picture whose length the container leaves open. */
const ONE_PICTURE_SECONDS = 0.04;

/**
 * Reads a file as a video container; null when it is none, or has no video track that could be understood.
 * @throws SourceError when its only video tracks are encrypted or empty.
 */
export async function readContainer(file: Blob): Promise<ContainerReading | null> {
  using input = openContainer(file);
  let videos: InputVideoTrack[];
  try {
    if (!(await input.canRead())) return null;
    videos = await input.getVideoTracks();
  } catch {
    return null;
  }
  const chosen = await chooseVideo(videos);
  if (!chosen) return null;
  const { video, discarded } = chosen;
  const codec = await video.getCodec();
  const isPictureDecodable = codec !== null && (await video.canDecode());
  const start = Math.max(0, await video.getFirstTimestamp());
  const told = await video.computeDuration();
  const end = await lastReadableSeconds(video, start, told);
  const frameRate = await frameRateOf(video);
  const format = await input.getFormat();
  const isCut = end < told - 0.001;
  if (isCut) {
    const reason = `The file is cut off: ${(end - start).toFixed(2)} of ${(told - start).toFixed(2)} s are there.`;
    discarded.push({ track: 'end of the video', reason });
  }
  const audio = await readAudio(await input.getAudioTracks(), discarded);
  return {
    isCodecKnown: codec !== null,
    isPictureDecodable,
    identity: {
      kind: 'video',
      mimeType: format.mimeType,
      container: containerName(format),
      width: Math.round(await video.getDisplayWidth()),
      height: Math.round(await video.getDisplayHeight()),
      rotationDegrees: await video.getRotation(),
      durationSeconds: Math.max(end - start, frameRate ? 1 / frameRate : ONE_PICTURE_SECONDS),
      startSeconds: start,
      frameRate,
      videoCodec: (await video.getCodecParameterString()) ?? codec ?? (await innerCodec(video)),
      isHdr: await video.hasHighDynamicRange(),
      audioTracks: audio,
      discardedTracks: discarded,
      readBy: 'mediabunny',
      why: isCut
        ? `What is left of this file is used. ${discarded.at(-1)?.reason}`
        : 'Read without a detour.',
    },
  };
}

/** The first video track that is neither encrypted nor empty; the others with the reason why not. */
async function chooseVideo(videos: InputVideoTrack[]) {
  const discarded: Identity['discardedTracks'] = [];
  let video: InputVideoTrack | null = null;
  for (const candidate of videos) {
    const track = `video ${candidate.number}`;
    if (video) discarded.push({ track, reason: 'Only the first video track is used.' });
    else if (await isEncrypted(candidate))
      discarded.push({ track, reason: 'It is encrypted (copy protection).' });
    else if (await isEmpty(candidate)) discarded.push({ track, reason: 'It has no pictures.' });
    else video = candidate;
  }
  if (video) return { video, discarded };
  const [first] = discarded;
  if (!first) return null;
  throw new SourceError(
    first.reason.includes('encrypted')
      ? 'A video without copy protection is needed; the pictures of this one are encrypted.'
      : 'A video with at least one picture is needed; the video track of this file is empty.',
  );
}

async function readAudio(tracks: InputAudioTrack[], discarded: Identity['discardedTracks']) {
  const audio: Identity['audioTracks'] = [];
  for (const track of tracks) {
    const name = `audio ${track.number}`;
    if (await isEncrypted(track))
      discarded.push({ track: name, reason: 'It is encrypted (copy protection).' });
    else if (await isEmpty(track)) discarded.push({ track: name, reason: 'It has no sound.' });
    else
      audio.push({
        codec: (await track.getCodec()) ?? (await innerCodec(track)),
        channels: await track.getNumberOfChannels(),
        sampleRate: await track.getSampleRate(),
        durationSeconds: (await track.computeDuration()) - (await track.getFirstTimestamp()),
        isDecodable: await track.canDecode(),
      });
  }
  return audio;
}

async function isEncrypted(track: InputVideoTrack | InputAudioTrack): Promise<boolean> {
  return ['encv', 'enca'].includes(String(await track.getInternalCodecId()));
}

async function isEmpty(track: InputVideoTrack | InputAudioTrack): Promise<boolean> {
  try {
    return (await track.computePacketStats(1)).packetCount === 0;
  } catch {
    return true;
  }
}

async function frameRateOf(video: InputVideoTrack): Promise<number | null> {
  try {
    const { bestGuessFrameRate } = await video.computeFrameRateMetrics();
    return Number.isFinite(bestGuessFrameRate) && bestGuessFrameRate > 0 ? bestGuessFrameRate : null;
  } catch {
    return null; // One picture has no rate.
  }
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
