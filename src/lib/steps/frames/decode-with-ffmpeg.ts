import { FfmpegError, FfmpegProgram, inputPath } from '#lib/ffmpeg/ffmpeg-program.ts';
import type { SourceOutput } from '#lib/job/entries/source.ts';
import type { Missed, Taken, Wish } from './take.ts';

const FILE = 'file';
const RAW = 'frames.rgba';
/** So many frames of a group lie in memory at once, at most 1.6 MB each. */
const GROUP_LENGTH = 32;
/** ffmpeg seeks this much earlier in streams with reordered pictures (3/23 s in ffmpeg_opt.c), and a little. */
const SEEK_SLACK_SECONDS = 0.14;
/** High dynamic range made fit for a screen: linear light, Hable's curve, then BT.709. */
const TONE_MAP = 'zscale=t=linear:npl=100,tonemap=hable,zscale=t=bt709:m=bt709:p=bt709:r=tv,format=yuv420p,';

/** A picture that ffmpeg decoded. */
interface Picture {
  seconds: number;
  pixels: Uint8ClampedArray<ArrayBuffer>;
}

/**
 * Decodes the wishes with ffmpeg, several times slower than the browser's decoders: for what those don't know.
 * Wishes behind the same key frame are decoded in one go.
 * @param reachSeconds How far from a wish whose key frame nobody has told one may be taken instead; 0 takes none.
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
  const convert = `scale=${width}:${height}:flags=area,setsar=1,format=rgba`;
  for (const group of groupByKey(wishes)) {
    try {
      const pictures = await decode(group);
      for (const wish of group) {
        const picture = pictures.find(({ seconds }) => seconds >= earliest(wish)) ?? pictures.at(-1);
        if (!picture) missed.push({ ...wish, reason: 'ffmpeg found no picture at this time.' });
        else
          onTaken({ askedSeconds: wish.askedSeconds, takenSeconds: picture.seconds, canvas: draw(picture) });
      }
    } catch (error) {
      if (!(error instanceof FfmpegError)) throw error;
      missed.push(...group.map((wish) => ({ ...wish, reason: error.message })));
    }
  }
  return missed;

  async function decode(group: readonly Wish[]): Promise<Picture[]> {
    const [wish] = group as [Wish];
    if (wish.decodeSeconds === wish.keySeconds) return decodeKey(wish.decodeSeconds + SEEK_SLACK_SECONDS);
    if (wish.keySeconds === null && reachSeconds > 0) {
      const pictures = await decodeKey(wish.decodeSeconds).catch(() => []);
      signal.throwIfAborted();
      const isNear = pictures[0] && Math.abs(pictures[0].seconds - wish.askedSeconds) <= reachSeconds;
      if (isNear) return pictures;
    }
    const from = group.map(earliest);
    const terms = from.map((time) => `gte(t,${time})*(isnan(prev_selected_t)+lt(prev_selected_t,${time}))`);
    const pictures = await run(from[0]!, `select='${terms.join('+')}'`, group.length);
    return pictures.length > 0 ? pictures : decodeKey(wish.decodeSeconds);
  }

  /** The key frame at or before a time. */
  function decodeKey(seconds: number): Promise<Picture[]> {
    return run(seconds, 'null', 1);
  }

  /** A picture from here on is the one shown at the wish: it may have come up to one picture's length before. */
  function earliest({ decodeSeconds, keySeconds }: Wish): number {
    if (decodeSeconds === keySeconds) return source.startSeconds;
    return Math.max(source.startSeconds, decodeSeconds - 1 / (source.frameRate ?? 25) + 0.001);
  }

  async function run(from: number, select: string, count: number): Promise<Picture[]> {
    if (!source.isHdr) return filter(from, `${select},showinfo,${convert}`, count);
    try {
      return await filter(from, `${select},showinfo,${TONE_MAP}${convert}`, count);
    } catch (error) {
      if (!(error instanceof FfmpegError)) throw error;
      // Some files say that they are HDR, but not by which curve: then they are shown as they are.
      return filter(from, `${select},showinfo,${convert}`, count);
    }
  }

  async function filter(from: number, filters: string, count: number): Promise<Picture[]> {
    const { outputs, log } = await program.run(
      [
        ...['-noaccurate_seek', '-seek_timestamp', '1', '-ss', String(from)],
        ...['-copyts', '-i', inputPath(FILE), '-map', '0:V:0'],
        ...['-vf', filters, '-vsync', 'passthrough', '-frames:v', String(count)],
        ...['-f', 'rawvideo', RAW],
      ],
      [RAW],
    );
    const bytes = width * height * 4;
    const data = outputs.get(RAW) ?? new Uint8Array();
    const times = log.flatMap((line) => /pts_time:\s*(-?[\d.]+)/.exec(line)?.[1] ?? []).map(Number);
    return times.slice(0, Math.floor(data.length / bytes)).map((seconds, index) => ({
      seconds,
      pixels: new Uint8ClampedArray(data.buffer, index * bytes, bytes),
    }));
  }

  function draw({ pixels }: Picture): OffscreenCanvas {
    const canvas = new OffscreenCanvas(width, height);
    canvas.getContext('2d')?.putImageData(new ImageData(pixels, width, height), 0, 0);
    return canvas;
  }
}

/** Neighbours that are decoded from the same key frame; one whose key frame nobody has told stands alone. */
function groupByKey(wishes: readonly Wish[]): Wish[][] {
  const groups: Wish[][] = [];
  for (const wish of wishes) {
    const last = groups.at(-1);
    const isKey = wish.decodeSeconds === wish.keySeconds;
    const isSame = last?.[0] && !isKey && wish.keySeconds !== null && last[0].keySeconds === wish.keySeconds;
    const isLastKey = last?.[0]?.decodeSeconds === last?.[0]?.keySeconds;
    if (last && isSame && !isLastKey && last.length < GROUP_LENGTH) last.push(wish);
    else groups.push([wish]);
  }
  return groups;
}
