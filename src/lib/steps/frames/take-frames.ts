import { openContainer } from '#lib/media/container/open-container.ts';
import { FfmpegError } from '#lib/ffmpeg/ffmpeg-program.ts';
import type { FramesOutput } from '#lib/job/entries/frames.ts';
import type { SourceOutput } from '#lib/job/entries/source.ts';
import type { OptionsOf } from '#lib/job/entry.ts';
import { askedTimes, frameCount } from './asked-times.ts';
import { decodeWithFfmpeg } from './decode-with-ffmpeg.ts';
import { decodeWithWebCodecs, keyTimes } from './decode-with-webcodecs.ts';
import { FramesError } from './frames-error.ts';
import { NEAR_FRACTION, nearTimes } from './near-times.ts';
import { fitInto, LONGER_SIDE, type Missed, type Taken, type Wish } from './take.ts';

/** The frames of a video, by the fastest decoder that knows it. `onTaken` gets each as soon as it is there. */
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
  const distance = duration / count;
  const reach = options.mode === 'near' ? NEAR_FRACTION * distance : 0;
  const size = fitInto(source.width, source.height, LONGER_SIDE);
  const times = new Set<number>();
  let nearCount = 0;
  let sameCount = 0;

  const first = await fastPass();
  const second = first.missed.length > 0 ? await ffmpegPass(first.missed) : first.missed;
  if (times.size === 0)
    throw new FramesError(
      `At least one picture is needed; of ${count} asked for, none could be decoded: ${second[0]?.reason ?? ''}`,
    );
  const isFast = first.missed.length < count;
  return {
    failed: second.map(({ askedSeconds, reason }) => ({ askedSeconds, reason })),
    readBy: isFast ? 'webcodecs' : 'ffmpeg',
    why: [
      isFast ? '' : `This browser can't decode ${source.videoCodec}, so ffmpeg took the frames.`,
      isFast && second.length < first.missed.length
        ? 'ffmpeg took some that the browser could not decode.'
        : '',
      nearCount > 0 ? `${nearCount} of ${times.size} are key frames near the asked time.` : 'All are exact.',
      sameCount > 0 ? `${sameCount} asked times show a picture that was taken already.` : '',
    ]
      .filter(Boolean)
      .join(' '),
  };

  function keep(taken: Taken) {
    if (times.has(taken.takenSeconds)) {
      sameCount++;
      return;
    }
    times.add(taken.takenSeconds);
    if (taken.takenSeconds > taken.askedSeconds || taken.askedSeconds - taken.takenSeconds > frameSeconds())
      nearCount++;
    onTaken(taken);
  }

  /** How long a picture stands: one taken earlier than that before the asked time isn't the one shown at it. */
  function frameSeconds() {
    return 1.5 / (source.frameRate ?? 25);
  }

  async function fastPass(): Promise<{ missed: Missed[] }> {
    const exact = asked.map((time) => ({ askedSeconds: time, decodeSeconds: time }));
    const refuse = (reason: string) => ({ missed: exact.map((wish) => ({ ...wish, reason })) });
    if (source.readBy !== 'mediabunny') return refuse('Only ffmpeg knows this file.');
    using input = openContainer(file);
    const video = await input.getPrimaryVideoTrack();
    if (!video) return refuse('The browser finds no video track.');
    const decode = reach > 0 ? nearTimes(asked, distance, await keyTimes(video, asked, reach)) : asked;
    const wishes = asked.map((time, index) => ({ askedSeconds: time, decodeSeconds: decode[index]! }));
    if (!(await video.canDecode()))
      return { missed: wishes.map((wish) => ({ ...wish, reason: 'The browser has no decoder for it.' })) };
    return { missed: await decodeWithWebCodecs(video, wishes, size[0], keep) };
  }

  async function ffmpegPass(wishes: readonly (Wish & { reason: string })[]): Promise<Missed[]> {
    try {
      return await decodeWithFfmpeg(file, source, wishes, size, reach, keep, signal);
    } catch (error) {
      if (!(error instanceof FfmpegError)) throw error;
      return wishes.map((wish) => ({ ...wish, reason: `${wish.reason} ${error.message}` }));
    }
  }
}
