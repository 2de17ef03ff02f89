import { decodePicture, PictureUnreadableError } from '#lib/media/pixels/read-pixels.ts';
import { runFfmpeg } from '#lib/ffmpeg/run-ffmpeg.ts';
import { inputPath } from '#lib/ffmpeg/ffmpeg-program.ts';
import { backdropFor } from './backdrop.ts';
import { clipSize, drawnSize, type Size } from './clip-size.ts';
import { focusPoint } from './focus-point.ts';
import { MAX_ZOOM, type Focus } from './movement.ts';

const GLANCE_SIDE = 96;
/** A larger drawing costs more of the canvas limits than it gains. */
const SCALE_FOR_ZOOM = 1 + MAX_ZOOM;

/** A picture that is drawn once and then filmed. */
export interface PreparedPicture {
  canvas: OffscreenCanvas;
  /** Size of the clip. The canvas has the same size, or is larger by the zoom so that zoomed frames stay sharp. */
  clip: Size;
  focus: Focus;
}

/**
 * Draws a picture for its clip: upright, at most 1920 pixels, on a background if it is transparent, with its last row
 * and column repeated to make sides even.
 * @throws PictureUnreadableError, FfmpegError when nothing can decode it.
 */
export async function preparePicture(
  file: Blob,
  isMoving: boolean,
  signal: AbortSignal,
): Promise<PreparedPicture> {
  const bitmap = await decode(file, signal);
  try {
    const drawn = drawnSize(bitmap);
    const clip = clipSize(drawn);
    const isSharper = isMoving && bitmap.width >= drawn.width * SCALE_FOR_ZOOM;
    const scale = isSharper ? SCALE_FOR_ZOOM : 1;
    const canvas = new OffscreenCanvas(Math.round(clip.width * scale), Math.round(clip.height * scale));
    const context = context2d(canvas);
    const glance = glanceAt(bitmap);
    const backdrop = backdropFor(glance);
    if (backdrop) {
      context.fillStyle = backdrop;
      context.fillRect(0, 0, canvas.width, canvas.height);
    }
    context.imageSmoothingQuality = 'high';
    context.drawImage(bitmap, 0, 0, drawn.width * scale, drawn.height * scale);
    repeatEdges(context, canvas, Math.floor(drawn.width * scale), Math.floor(drawn.height * scale));
    return { canvas, clip, focus: focusPoint(glance) };
  } finally {
    bitmap.close();
  }
}

/** A 2D context without transparency. @throws PictureUnreadableError when the browser has none left. */
export function context2d(canvas: OffscreenCanvas): OffscreenCanvasRenderingContext2D {
  const context = canvas.getContext('2d', { alpha: false });
  if (!context)
    throw new PictureUnreadableError('A canvas was wanted to film the picture; the browser has none left.');
  return context;
}

/** A thumbnail for finding the details of the picture. */
function glanceAt(bitmap: ImageBitmap): ImageData {
  const scale = Math.min(1, GLANCE_SIDE / Math.max(bitmap.width, bitmap.height));
  const width = Math.max(1, Math.round(bitmap.width * scale));
  const height = Math.max(1, Math.round(bitmap.height * scale));
  const context = new OffscreenCanvas(width, height).getContext('2d', { willReadFrequently: true })!;
  context.imageSmoothingQuality = 'high';
  context.drawImage(bitmap, 0, 0, width, height);
  return context.getImageData(0, 0, width, height);
}

function repeatEdges(
  context: OffscreenCanvasRenderingContext2D,
  canvas: Size & CanvasImageSource,
  width: number,
  height: number,
) {
  const right = canvas.width - width;
  const below = canvas.height - height;
  context.imageSmoothingEnabled = false;
  if (right > 0) context.drawImage(canvas, width - 1, 0, 1, height, width, 0, right, height);
  if (below > 0) context.drawImage(canvas, 0, height - 1, canvas.width, 1, 0, height, canvas.width, below);
}

/** Decodes a picture with the browser, else with ffmpeg. */
async function decode(file: Blob, signal: AbortSignal): Promise<ImageBitmap> {
  try {
    return await decodePicture(file);
  } catch {
    const args = ['-i', inputPath('picture'), '-frames:v', '1', '-update', '1', 'picture.png'];
    const inputs = new Map([['picture', file]]);
    const { outputs } = await runFfmpeg({ args, inputs, outputs: ['picture.png'], signal });
    return decodePicture(new Blob([outputs.get('picture.png') ?? new Uint8Array()], { type: 'image/png' }));
  }
}
