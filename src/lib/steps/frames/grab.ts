import { openContainer } from '#lib/media/container/open-container.ts';
import { usableTracks } from '#lib/media/container/usable-tracks.ts';
import type { SourceOutput } from '#lib/job/entries/source.ts';
import { decodeWithFfmpeg } from './decode-with-ffmpeg.ts';
import { decodeWithWebCodecs } from './decode-with-webcodecs.ts';
import { drawPicture } from './draw-picture.ts';
import { FramesError, type DecodedFrame, type MissedFrame } from './frame-request.ts';

/** The picture at a time, upright and in full size. @throws FramesError when it can't be decoded. */
export async function grab(
  file: Blob,
  source: SourceOutput,
  atSeconds: number,
  signal: AbortSignal,
): Promise<OffscreenCanvas> {
  const size = [source.width, source.height] as const;
  if (source.kind === 'picture') return drawPicture(file, source.readBy, size, signal);
  const end = source.startSeconds + (source.durationSeconds ?? 0);
  const last = Math.max(source.startSeconds, end - 0.5 / (source.frameRate ?? 25));
  const time = Math.min(Math.max(atSeconds, source.startSeconds), last);
  const requests = [{ askedSeconds: time, decodeSeconds: time, keySeconds: null }];
  let canvas: OffscreenCanvas | null = null;
  const keep = (frame: DecodedFrame) => (canvas = frame.canvas);
  let missed: MissedFrame[] = [];
  if (source.readBy === 'mediabunny') {
    using input = openContainer(file);
    const { video } = await usableTracks(input);
    if (video && (await video.canDecode())) missed = await decodeWithWebCodecs(video, requests, size, keep);
  }
  if (!canvas) missed = await decodeWithFfmpeg(file, source, requests, size, 0, keep, signal);
  if (canvas) return canvas;
  throw new FramesError(
    `The picture at ${time.toFixed(2)} s was wanted, but it can't be decoded: ${missed[0]?.reason ?? ''}`,
  );
}
