import type { InputVideoTrack } from 'mediabunny';
import { lastReadablePacket } from './last-readable-packet.ts';

/** How long a picture stands when nobody says it. */
const PICTURE_SECONDS = 0.04;

/** When a video track begins and how long it is. */
export interface Span {
  /** Pictures with a negative timestamp are never shown, so the first picture is at 0 at the earliest. */
  startSeconds: number;
  /** From the first picture to the end of the last one whose bytes are there. */
  durationSeconds: number;
  /** Pictures per second; null where there is only one. */
  frameRate: number | null;
  /** What is missing, in words, when the file was cut off; null for a whole file. */
  cut: string | null;
}

/** Measures a video track by its packets: what containers say about length and rate is often wrong. */
export async function readSpan(video: InputVideoTrack): Promise<Span> {
  const startSeconds = Math.max(0, await video.getFirstTimestamp());
  const told = await video.computeDuration();
  const frameRate = await readFrameRate(video);
  const pictureSeconds = frameRate ? 1 / frameRate : PICTURE_SECONDS;
  const { packet, isCut } = await lastReadablePacket(video, startSeconds, told);
  const end = packet ? packet.timestamp + (packet.duration || pictureSeconds) : startSeconds;
  const durationSeconds = Math.max(end - startSeconds, pictureSeconds);
  const [there, all] = [durationSeconds.toFixed(2), (told - startSeconds).toFixed(2)];
  const cut = isCut ? `The file is cut off: of ${all} s only the first ${there} s are there.` : null;
  return { startSeconds, frameRate, durationSeconds, cut };
}

async function readFrameRate(video: InputVideoTrack): Promise<number | null> {
  try {
    const { bestGuessFrameRate } = await video.computeFrameRateMetrics();
    return Number.isFinite(bestGuessFrameRate) && bestGuessFrameRate > 0 ? bestGuessFrameRate : null;
  } catch {
    return null; // One picture has no rate.
  }
}
