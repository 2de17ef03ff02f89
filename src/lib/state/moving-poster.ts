import type { SourceOutput } from '#lib/job/entries/source.ts';
import { animateWebp } from '#lib/media/picture/animated-webp.ts';
import { grabFrame } from '#lib/steps/frames/frames.ts';

const COUNT = 20;
const FRAMES_PER_SECOND = 8;
const LONGER_SIDE = 480;
const MAX_BYTES = 2_000_000;
/** Tried in this order until the file is small enough. */
const QUALITIES = [0.72, 0.5, 0.3] as const;
/** How far a still picture is zoomed in. */
const GROWTH = 0.12;

/**
 * A short silent animation (WebP, at most 2 MB, 2.5 s, looped) of a video around a time, or of a picture with a slow
 * zoom; for messages and posts.
 * @param aroundSeconds On the source's clock.
 * @throws FramesError when no picture can be decoded; WebpError when this browser can't write WebP.
 */
export async function makeMovingPoster(
  source: SourceOutput,
  aroundSeconds: number,
  signal: AbortSignal,
  onProgress: (fraction: number) => void,
): Promise<Blob> {
  const scale = Math.min(1, LONGER_SIDE / Math.max(source.width, source.height));
  const width = Math.max(1, Math.round(source.width * scale));
  const height = Math.max(1, Math.round(source.height * scale));
  const canvas = new OffscreenCanvas(width, height);
  const context = canvas.getContext('2d', { alpha: false })!;
  const pictures: ImageBitmap[] = [];
  const size = { resizeWidth: width, resizeHeight: height, resizeQuality: 'high' } as const;
  try {
    for (const seconds of timesAround(source, aroundSeconds)) {
      const picture = await grabFrame(source, seconds, signal);
      pictures.push(await createImageBitmap(picture, size));
      onProgress((pictures.length / COUNT) * 0.9);
    }
    let animation = await encode(QUALITIES[0]);
    for (const quality of QUALITIES.slice(1)) {
      if (animation.length > MAX_BYTES) animation = await encode(quality);
    }
    onProgress(1);
    return new Blob([animation], { type: 'image/webp' });
  } finally {
    for (const picture of pictures) picture.close();
  }

  async function encode(quality: number): Promise<Uint8Array<ArrayBuffer>> {
    const stills: Uint8Array[] = [];
    for (let index = 0; index < COUNT; index++) {
      signal.throwIfAborted();
      const grown = 1 + (pictures.length === 1 ? (GROWTH * index) / COUNT : 0);
      const [w, h] = [width * grown, height * grown];
      context.drawImage(pictures[index] ?? pictures[0]!, (width - w) / 2, (height - h) / 2, w, h);
      const still = await canvas.convertToBlob({ type: 'image/webp', quality });
      stills.push(new Uint8Array(await still.arrayBuffer()));
    }
    return animateWebp(stills, width, height, 1000 / FRAMES_PER_SECOND);
  }
}

/** The times of the frames: evenly around a time, within the video; one for a picture. */
function timesAround({ kind, startSeconds, durationSeconds }: SourceOutput, around: number): number[] {
  if (kind === 'picture') return [0];
  const length = Math.min(durationSeconds ?? 0, COUNT / FRAMES_PER_SECOND);
  const last = startSeconds + (durationSeconds ?? 0) - length;
  const first = Math.min(Math.max(startSeconds, around - length / 2), Math.max(startSeconds, last));
  return Array.from({ length: COUNT }, (_, index) => first + (index * length) / COUNT);
}
