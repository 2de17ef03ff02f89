import { expose } from 'comlink';
import type { Frame, FramesOutput } from '#lib/job/entries/frames.ts';
import type { SourceOutput } from '#lib/job/entries/source.ts';
import type { OptionsOf } from '#lib/job/entry.ts';
import { hasBlob, readBlob } from '#lib/worker/blob-store.ts';
import { storeBytes } from '#lib/worker/blob-writer.ts';
import { frameCount, type Divisions } from './asked-times.ts';
import { drawPicture } from './draw-picture.ts';
import { grab } from './grab.ts';
import { fitInto, LONGER_SIDE, toJpeg, type DecodedFrame } from './frame-request.ts';
import { decodeFrames } from './decode-frames.ts';

/** Aborting terminates this worker and ffmpeg with it, so no signal is needed here. */
const { signal } = new AbortController();

/** The frames of the last video, by the time at which they are decoded: new scenes need a few more, not all again. */
let known = { source: '', frames: new Map<number, Frame>() };

const api = {
  async decode(
    source: SourceOutput,
    options: OptionsOf<'frames'>,
    divisions: Divisions,
    onProgress: (fraction: number) => void,
  ): Promise<FramesOutput> {
    const file = await readBlob(source.blob);
    if (source.kind === 'picture') return takePicture(file, source);
    const count = frameCount(source.durationSeconds ?? 0, options.k);
    if (known.source !== source.blob) known = { source: source.blob, frames: new Map() };
    const { frames: here } = known;
    // The user may have deleted the project that they were decoded for.
    for (const [at, { blob }] of here) if (!(await hasBlob(blob))) here.delete(at);
    const stored: Promise<Frame>[] = [];
    // A frame is encoded and stored while the next one is decoded.
    const keep = (decoded: DecodedFrame | Frame) => {
      const frame = 'canvas' in decoded ? store(decoded) : Promise.resolve(decoded);
      frame.catch(() => undefined);
      if ('canvas' in decoded) {
        void frame.then(
          (made) => here.set(decoded.decodeSeconds, made),
          () => undefined,
        );
      }
      onProgress(Math.min(1, stored.push(frame) / count));
    };
    const report = await decodeFrames(file, source, options, divisions, here, keep, signal);
    const frames = await Promise.all(stored);
    return { frames: frames.sort((a, b) => a.askedSeconds - b.askedSeconds), ...report };
  },

  async grab(source: SourceOutput, atSeconds: number): Promise<Blob> {
    const canvas = await grab(await readBlob(source.blob), source, atSeconds, signal);
    return canvas.convertToBlob({ type: 'image/png' });
  },
};

async function takePicture(file: File, source: SourceOutput): Promise<FramesOutput> {
  const size = fitInto(source.width, source.height, LONGER_SIDE);
  const canvas = await drawPicture(file, source.readBy, size, signal);
  return {
    frames: [await store({ askedSeconds: 0, decodeSeconds: 0, takenSeconds: 0, canvas })],
    failed: [],
    readBy: source.readBy === 'ffmpeg' ? 'ffmpeg' : 'browser',
    why: 'A picture is its own frame.',
  };
}

async function store({ canvas, askedSeconds, takenSeconds }: DecodedFrame): Promise<Frame> {
  const { width, height } = canvas;
  return { askedSeconds, takenSeconds, width, height, blob: await storeBytes(await toJpeg(canvas)) };
}

export type FramesApi = typeof api;
expose(api);
