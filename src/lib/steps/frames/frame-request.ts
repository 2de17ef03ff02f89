/** The longer side of a stored frame, pixels: the input size of the detector. */
export const LONGER_SIDE = 640;
const JPEG_QUALITY = 0.85;

/** No frame could be decoded; the message says why, in one sentence. */
export class FramesError extends Error {
  override name = 'FramesError';
}

/** A requested frame; times in seconds on the container's clock. */
export interface FrameRequest {
  /** The ideal time. */
  askedSeconds: number;
  /** The time of the frame to decode: the ideal one, or that of a key frame near it. */
  decodeSeconds: number;
  /** The key frame from which decoding starts; null when unknown. */
  keySeconds: number | null;
}

/** The decoded picture of a request, upright and with square pixels. */
export interface DecodedFrame {
  askedSeconds: number;
  decodeSeconds: number;
  takenSeconds: number;
  canvas: OffscreenCanvas;
}

/** A request without a picture. */
export interface MissedFrame extends FrameRequest {
  reason: string;
}

/** The size of a picture within a square of `longer` pixels, with the same aspect ratio; never enlarged. */
export function fitInto(width: number, height: number, longer: number): [number, number] {
  const scale = Math.min(1, longer / Math.max(width, height));
  return [Math.max(1, Math.round(width * scale)), Math.max(1, Math.round(height * scale))];
}

/** Encodes a canvas as the JPEG that the job stores. */
export async function toJpeg(canvas: OffscreenCanvas): Promise<ArrayBuffer> {
  const jpeg = await canvas.convertToBlob({ type: 'image/jpeg', quality: JPEG_QUALITY });
  return jpeg.arrayBuffer();
}
