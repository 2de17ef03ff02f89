import type { InputVideoTrack } from 'mediabunny';
import { lastReadablePacket } from './last-readable-packet.ts';

/** Assumed duration of a single picture. */
const PICTURE_SECONDS = 0.04;

/** Start and length of a video track. */
export interface Span {
  /** At least 0, since pictures with a negative timestamp are never shown. */
  startSeconds: number;
  /** From the first picture to the end of the last readable one. */
  durationSeconds: number;
  /** Pictures per second; null for a single one. */
  frameRate: number | null;
  /** What is missing from a truncated file, in words; null for a complete one. */
  cut: string | null;
}

/** Measures a video track by its packets, since containers often have a wrong length and frame rate. */
export async function readSpan(video: InputVideoTrack): Promise<Span> {
  const startSeconds = Math.max(0, await video.getFirstTimestamp());
  const declared = await video.computeDuration();
  const frameRate = await readFrameRate(video);
  const pictureSeconds = frameRate ? 1 / frameRate : PICTURE_SECONDS;
  const { packet, isCut } = await lastReadablePacket(video, startSeconds, declared);
  const end = packet ? packet.timestamp + (packet.duration || pictureSeconds) : startSeconds;
  const durationSeconds = Math.max(end - startSeconds, pictureSeconds);
  const [there, all] = [durationSeconds.toFixed(2), (declared - startSeconds).toFixed(2)];
  const cut = isCut ? `The file is cut off: of ${all} s only the first ${there} s are there.` : null;
  return { startSeconds, frameRate, durationSeconds, cut };
}

async function readFrameRate(video: InputVideoTrack): Promise<number | null> {
  try {
    const { bestGuessFrameRate } = await video.computeFrameRateMetrics();
    return Number.isFinite(bestGuessFrameRate) && bestGuessFrameRate > 0 ? bestGuessFrameRate : null;
  } catch {
    return null; // A single picture has no rate.
  }
}
