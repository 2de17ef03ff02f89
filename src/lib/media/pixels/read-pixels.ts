import type { RgbaImage } from './rgba-image.ts';

/** The bytes are no picture that this browser can decode. */
export class PictureUnreadableError extends Error {
  override name = 'PictureUnreadableError';
}

/**
 * Decodes a picture and scales it down so that its longer side is at most `longerSide` pixels. Works in workers.
 * @throws PictureUnreadableError when the bytes can't be decoded.
 */
export async function readPixels(blob: Blob, longerSide: number): Promise<RgbaImage> {
  const bitmap = await decodePicture(blob);
  try {
    return pixelsOf(bitmap, longerSide);
  } finally {
    bitmap.close();
  }
}

/**
 * The pixels of a decoded picture, scaled down so that its longer side is at most `longerSide` pixels.
 * @throws PictureUnreadableError when the browser has no canvas left.
 */
export function pixelsOf(bitmap: ImageBitmap, longerSide: number): RgbaImage {
  const scale = Math.min(1, longerSide / Math.max(bitmap.width, bitmap.height));
  const width = Math.max(1, Math.round(bitmap.width * scale));
  const height = Math.max(1, Math.round(bitmap.height * scale));
  const context = new OffscreenCanvas(width, height).getContext('2d', { willReadFrequently: true });
  if (!context)
    throw new PictureUnreadableError('A canvas was wanted to read pixels; the browser has none left.');
  context.imageSmoothingQuality = 'high';
  context.drawImage(bitmap, 0, 0, width, height);
  return context.getImageData(0, 0, width, height);
}

/**
 * Decodes a picture. The caller has to close it.
 * @throws PictureUnreadableError when the bytes can't be decoded.
 */
export async function decodePicture(blob: Blob): Promise<ImageBitmap> {
  try {
    return await createImageBitmap(blob);
  } catch {
    const type = blob.type || 'no stated type';
    throw new PictureUnreadableError(
      `A picture was wanted; these ${blob.size} bytes of ${type} can't be decoded as one.`,
    );
  }
}
