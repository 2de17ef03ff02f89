import { openContainer } from '#lib/media/container/open-container.ts';
import { usableTracks } from '#lib/media/container/usable-tracks.ts';
import { FfmpegError } from '#lib/ffmpeg/ffmpeg-program.ts';
import type { Frame, FramesOutput } from '#lib/job/entries/frames.ts';
import type { SourceOutput } from '#lib/job/entries/source.ts';
import type { OptionsOf } from '#lib/job/entry.ts';
import { askedTimesInShots, frameCount, type Divisions } from './asked-times.ts';
import { decodeWithFfmpeg } from './decode-with-ffmpeg.ts';
import { decodeWithWebCodecs, keyTimes } from './decode-with-webcodecs.ts';
import {
  fitInto,
  FramesError,
  LONGER_SIDE,
  type DecodedFrame,
  type FrameRequest,
  type MissedFrame,
} from './frame-request.ts';
import { NEAR_FRACTION, requestsNear } from './near-times.ts';

/**
 * Decodes the frames of a video with the browser, and with ffmpeg those that it can't decode. No picture comes twice.
 * @param divisions Where its shots and scenes begin, on the clock of the container.
 * @param known Frames that were decoded before, by the time at which they are decoded.
 * @param onFrame Called with each frame, in the order of time for each decoder.
 * @throws FramesError when no frame can be decoded.
 */
export async function decodeFrames(
  file: Blob,
  source: SourceOutput,
  options: OptionsOf<'frames'>,
  divisions: Divisions,
  known: ReadonlyMap<number, Frame>,
  onFrame: (frame: DecodedFrame | Frame) => void,
  signal: AbortSignal,
): Promise<Pick<FramesOutput, 'failed' | 'readBy' | 'why'>> {
  const duration = source.durationSeconds ?? 0;
  const count = frameCount(duration, options.k);
  const asked = askedTimesInShots(source.startSeconds, duration, count, divisions);
  const reach = options.mode === 'near' ? (NEAR_FRACTION * duration) / count : 0;
  const size = fitInto(source.width, source.height, LONGER_SIDE);
  const times = new Set<number>();
  let sameCount = 0;
  const keep = (frame: DecodedFrame | Frame) => {
    if (times.has(frame.takenSeconds)) sameCount++;
    else {
      times.add(frame.takenSeconds);
      onFrame(frame);
    }
  };

  /** Whether a frame has to be decoded; a known one is kept. */
  const isNew = ({ askedSeconds, decodeSeconds }: FrameRequest): boolean => {
    const frame = known.get(decodeSeconds);
    if (frame) keep({ ...frame, askedSeconds });
    return !frame;
  };

  const refused = await tryBrowser();
  const isBrowserUsed = times.size > 0;
  const missed = isBrowserUsed ? refused : refused.filter(isNew);
  const failed = missed.length > 0 ? await tryFfmpeg(missed) : missed;
  if (times.size === 0)
    throw new FramesError(
      `At least one picture is needed, but none of the ${asked.length} asked for could be decoded: ${failed[0]?.reason}`,
    );
  const why = [
    isBrowserUsed ? '' : `This browser can't decode ${source.videoCodec}, so ffmpeg took the frames.`,
    isBrowserUsed && failed.length < missed.length
      ? 'ffmpeg took some that the browser could not decode.'
      : '',
    reach > 0
      ? 'Key frames near the asked times were taken where there are any.'
      : 'All are at the very times.',
    sameCount > 0 ? `${sameCount} of the asked times show a picture that was taken already.` : '',
  ];
  return {
    failed: failed.map(({ askedSeconds, reason }) => ({ askedSeconds, reason })),
    readBy: isBrowserUsed ? 'webcodecs' : 'ffmpeg',
    why: why.filter(Boolean).join(' '),
  };

  async function tryBrowser(): Promise<MissedFrame[]> {
    const refuse = (reason: string) =>
      requestsNear(asked, [], 0, divisions.shots).map((request) => ({ ...request, reason }));
    if (source.readBy !== 'mediabunny') return refuse('Only ffmpeg knows this file.');
    try {
      using input = openContainer(file);
      const { video } = await usableTracks(input);
      if (!video) return refuse('The browser finds no video track.');
      const keys = await keyTimes(video, asked, reach);
      const requests = requestsNear(asked, keys, reach, divisions.shots);
      if (await video.canDecode())
        return await decodeWithWebCodecs(video, requests.filter(isNew), size, keep);
      return requests.map((request) => ({ ...request, reason: 'The browser has no decoder for it.' }));
    } catch (error) {
      return refuse((error as Error).message);
    }
  }

  async function tryFfmpeg(requests: readonly MissedFrame[]): Promise<MissedFrame[]> {
    try {
      return await decodeWithFfmpeg(file, source, requests, size, reach, keep, signal);
    } catch (error) {
      if (!(error instanceof FfmpegError)) throw error;
      return requests.map((request) => ({ ...request, reason: `${request.reason} ${error.message}` }));
    }
  }
}
