import { openContainer } from '#lib/media/container/open-container.ts';
import { usableTracks } from '#lib/media/container/usable-tracks.ts';
import { FfmpegError } from '#lib/ffmpeg/ffmpeg-program.ts';
import type { FramesOutput } from '#lib/job/entries/frames.ts';
import type { SourceOutput } from '#lib/job/entries/source.ts';
import type { OptionsOf } from '#lib/job/entry.ts';
import { askedTimes, frameCount } from './asked-times.ts';
import { decodeWithFfmpeg } from './decode-with-ffmpeg.ts';
import { decodeWithWebCodecs, keyTimes } from './decode-with-webcodecs.ts';
import { FramesError } from './frames-error.ts';
import { NEAR_FRACTION, wishesNear } from './near-times.ts';
import { fitInto, LONGER_SIDE, type Missed, type Taken } from './take.ts';

/**
 * The frames of a video, by the fastest decoder that knows it; what that misses, ffmpeg tries. No picture comes twice.
 * @param onTaken Gets each frame as soon as it is there, in the order of time for each decoder.
 * @throws FramesError when there is not one.
 */
export async function takeFrames(
  file: Blob,
  source: SourceOutput,
  options: OptionsOf<'frames'>,
  onTaken: (taken: Taken) => void,
  signal: AbortSignal,
): Promise<Pick<FramesOutput, 'failed' | 'readBy' | 'why'>> {
  const duration = source.durationSeconds ?? 0;
  const count = frameCount(duration, options.k);
  const asked = askedTimes(source.startSeconds, duration, count);
  const reach = options.mode === 'near' ? (NEAR_FRACTION * duration) / count : 0;
  const size = fitInto(source.width, source.height, LONGER_SIDE);
  const times = new Set<number>();
  let sameCount = 0;
  const keep = (taken: Taken) => {
    if (times.has(taken.takenSeconds)) sameCount++;
    else {
      times.add(taken.takenSeconds);
      onTaken(taken);
    }
  };

  const missed = await tryBrowser();
  const isBrowserUsed = times.size > 0;
  const failed = missed.length > 0 ? await tryFfmpeg(missed) : missed;
  if (times.size === 0)
    throw new FramesError(
      `At least one picture is needed, but none of the ${count} asked for could be decoded: ${failed[0]?.reason}`,
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

  async function tryBrowser(): Promise<Missed[]> {
    const refuse = (reason: string) => wishesNear(asked, [], 0).map((wish) => ({ ...wish, reason }));
    if (source.readBy !== 'mediabunny') return refuse('Only ffmpeg knows this file.');
    try {
      using input = openContainer(file);
      const { video } = await usableTracks(input);
      if (!video) return refuse('The browser finds no video track.');
      const wishes = wishesNear(asked, await keyTimes(video, asked, reach), reach);
      if (await video.canDecode()) return await decodeWithWebCodecs(video, wishes, size, keep);
      return wishes.map((wish) => ({ ...wish, reason: 'The browser has no decoder for it.' }));
    } catch (error) {
      return refuse((error as Error).message);
    }
  }

  async function tryFfmpeg(wishes: readonly Missed[]): Promise<Missed[]> {
    try {
      return await decodeWithFfmpeg(file, source, wishes, size, reach, keep, signal);
    } catch (error) {
      if (!(error instanceof FfmpegError)) throw error;
      return wishes.map((wish) => ({ ...wish, reason: `${wish.reason} ${error.message}` }));
    }
  }
}
