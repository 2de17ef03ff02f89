import { FfmpegError, FfmpegProgram, inputPath } from '#lib/ffmpeg/ffmpeg-program.ts';
import type { SourceOutput } from '#lib/job/entries/source.ts';
import type { Missed, Taken, Wish } from './take.ts';

const FILE = 'file';
const RAW = 'frame.rgba';
/** ffmpeg seeks this much earlier in streams with reordered pictures (ffmpeg_opt.c: 3/23 s), and a little. */
const SEEK_SLACK_SECONDS = 0.14;
/** High dynamic range made fit for a screen: linear light, Hable's curve, then BT.709. */
const TONE_MAP = 'zscale=t=linear:npl=100,tonemap=hable,zscale=t=bt709:m=bt709:p=bt709:r=tv,format=yuv420p,';

/**
 * Decodes the wishes with ffmpeg, several times slower than the browser's decoders: for what those don't know.
 * @param reachSeconds How far from the wish a key frame may lie to be taken instead; 0 takes only the exact picture.
 * @returns The wishes for which there is no picture.
 * @throws FfmpegError when ffmpeg can't be loaded.
 */
export async function decodeWithFfmpeg(
  file: Blob,
  source: Pick<SourceOutput, 'frameRate' | 'isHdr' | 'startSeconds'>,
  wishes: readonly Wish[],
  [width, height]: readonly [number, number],
  reachSeconds: number,
  onTaken: (taken: Taken) => void,
  signal: AbortSignal,
): Promise<Missed[]> {
  using program = await FfmpegProgram.open(new Map([[FILE, file]]), signal);
  const missed: Missed[] = [];
  const taken = new Set<number>();
  const filter = `showinfo,${source.isHdr ? TONE_MAP : ''}scale=${width}:${height}:flags=area,setsar=1,format=rgba`;
  for (const wish of wishes) {
    try {
      const picture = (await takeKey(wish)) ?? (await takeExact(wish));
      taken.add(picture.seconds);
      onTaken({
        askedSeconds: wish.askedSeconds,
        takenSeconds: picture.seconds,
        canvas: draw(picture.pixels),
      });
    } catch (error) {
      if (!(error instanceof FfmpegError)) throw error;
      missed.push({ ...wish, reason: error.message });
    }
  }
  return missed;

  async function takeKey({ askedSeconds, decodeSeconds }: Wish) {
    if (reachSeconds === 0) return null;
    const seek = ['-noaccurate_seek', '-ss', String(decodeSeconds + SEEK_SLACK_SECONDS)];
    const picture = await one(seek).catch(() => null);
    signal.throwIfAborted();
    const isNear = picture && Math.abs(picture.seconds - askedSeconds) <= reachSeconds;
    return isNear && !taken.has(picture.seconds) ? picture : null;
  }

  /** ffmpeg gives the first picture at or after a time: going back by one picture gives the one shown at that time. */
  async function takeExact({ decodeSeconds }: Wish) {
    const before = decodeSeconds - 1 / (source.frameRate ?? 25) + 0.001;
    return one(['-ss', String(Math.max(source.startSeconds, before))]);
  }

  async function one(seek: string[]) {
    const { outputs, log } = await program.run(
      [
        ...['-seek_timestamp', '1', ...seek, '-copyts', '-i', inputPath(FILE)],
        ...['-map', '0:V:0', '-frames:v', '1', '-vf', filter, '-f', 'rawvideo', RAW],
      ],
      [RAW],
    );
    const pixels = outputs.get(RAW);
    const seconds = Number(/pts_time:\s*(-?[\d.]+)/.exec(log.join('\n'))?.[1] ?? Number.NaN);
    if (!pixels || pixels.length !== width * height * 4 || Number.isNaN(seconds))
      throw new FfmpegError('ffmpeg found no picture at this time.');
    return { pixels, seconds };
  }

  function draw(pixels: Uint8Array<ArrayBuffer>): OffscreenCanvas {
    const canvas = new OffscreenCanvas(width, height);
    const data = new ImageData(new Uint8ClampedArray(pixels.buffer), width, height);
    canvas.getContext('2d')?.putImageData(data, 0, 0);
    return canvas;
  }
}
