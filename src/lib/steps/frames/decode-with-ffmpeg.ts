import { FfmpegError, FfmpegProgram, inputPath } from '#lib/ffmpeg/ffmpeg-program.ts';
import type { SourceOutput } from '#lib/job/entries/source.ts';
import type { MissedFrame, DecodedFrame, FrameRequest } from './frame-request.ts';

const FILE = 'file';
const RAW = 'frames.rgba';
/** Maximum number of frames of a group, which are held in memory, at most 1.6 MB each. */
const GROUP_LENGTH = 32;
/** ffmpeg seeks this much earlier in streams with reordered pictures (3/23 s in ffmpeg_opt.c), plus a margin. */
const SEEK_SLACK_SECONDS = 0.14;
/** Tone mapping from high dynamic range: linear light, Hable's curve, then BT.709. */
const TONE_MAP = 'zscale=t=linear:npl=100,tonemap=hable,zscale=t=bt709:m=bt709:p=bt709:r=tv,format=yuv420p,';

/** A picture that ffmpeg decoded. */
interface Picture {
  seconds: number;
  pixels: Uint8ClampedArray<ArrayBuffer>;
}

/**
 * Decodes frames with ffmpeg, several times slower than the browser: for codecs that the browser doesn't support.
 * Frames after the same key frame are decoded in one run.
 * @param reachSeconds How near a key frame must be to be used instead, if the key frame is unknown; 0 uses none.
 * @returns The requests without a picture.
 * @throws FfmpegError when ffmpeg can't be loaded.
 */
export async function decodeWithFfmpeg(
  file: Blob,
  source: Pick<SourceOutput, 'frameRate' | 'isHdr' | 'startSeconds'>,
  requests: readonly FrameRequest[],
  [width, height]: readonly [number, number],
  reachSeconds: number,
  onFrame: (frame: DecodedFrame) => void,
  signal: AbortSignal,
): Promise<MissedFrame[]> {
  using program = await FfmpegProgram.open(new Map([[FILE, file]]), signal);
  const missed: MissedFrame[] = [];
  const convert = `scale=${width}:${height}:flags=area,setsar=1,format=rgba`;
  for (const group of groupByKey(requests)) {
    try {
      const pictures = await decode(group);
      for (const request of group) {
        const picture = pictures.find(({ seconds }) => seconds >= earliest(request)) ?? pictures.at(-1);
        if (!picture) missed.push({ ...request, reason: 'ffmpeg found no picture at this time.' });
        else
          onFrame({
            askedSeconds: request.askedSeconds,
            decodeSeconds: request.decodeSeconds,
            takenSeconds: picture.seconds,
            canvas: draw(picture),
          });
      }
    } catch (error) {
      if (!(error instanceof FfmpegError)) throw error;
      missed.push(...group.map((request) => ({ ...request, reason: error.message })));
    }
  }
  return missed;

  async function decode(group: readonly FrameRequest[]): Promise<Picture[]> {
    const [request] = group as [FrameRequest];
    if (request.decodeSeconds === request.keySeconds)
      return decodeKey(request.decodeSeconds + SEEK_SLACK_SECONDS);
    if (request.keySeconds === null && reachSeconds > 0) {
      const pictures = await decodeKey(request.decodeSeconds).catch(() => []);
      signal.throwIfAborted();
      const isNear = pictures[0] && Math.abs(pictures[0].seconds - request.askedSeconds) <= reachSeconds;
      if (isNear) return pictures;
    }
    const from = group.map(earliest);
    const terms = from.map((time) => `gte(t,${time})*(isnan(prev_selected_t)+lt(prev_selected_t,${time}))`);
    const pictures = await run(from[0]!, `select='${terms.join('+')}'`, group.length);
    return pictures.length > 0 ? pictures : decodeKey(request.decodeSeconds);
  }

  /** The key frame at or before a time. */
  function decodeKey(seconds: number): Promise<Picture[]> {
    return run(seconds, 'null', 1);
  }

  /** The earliest timestamp of the picture that is shown at the requested time. */
  function earliest({ decodeSeconds, keySeconds }: FrameRequest): number {
    if (decodeSeconds === keySeconds) return source.startSeconds;
    return Math.max(source.startSeconds, decodeSeconds - 1 / (source.frameRate ?? 25) + 0.001);
  }

  async function run(from: number, select: string, count: number): Promise<Picture[]> {
    if (!source.isHdr) return filter(from, `${select},showinfo,${convert}`, count);
    try {
      return await filter(from, `${select},showinfo,${TONE_MAP}${convert}`, count);
    } catch (error) {
      if (!(error instanceof FfmpegError)) throw error;
      // Some files are marked as HDR without a transfer curve: these are not tone mapped.
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

/** Groups neighbours that are decoded from the same key frame; a request without a known one is a group of its own. */
function groupByKey(requests: readonly FrameRequest[]): FrameRequest[][] {
  const groups: FrameRequest[][] = [];
  for (const request of requests) {
    const last = groups.at(-1);
    const isKey = request.decodeSeconds === request.keySeconds;
    const isSame =
      last?.[0] && !isKey && request.keySeconds !== null && last[0].keySeconds === request.keySeconds;
    const isLastKey = last?.[0]?.decodeSeconds === last?.[0]?.keySeconds;
    if (last && isSame && !isLastKey && last.length < GROUP_LENGTH) last.push(request);
    else groups.push([request]);
  }
  return groups;
}
