/** The longer side of a kept frame, pixels: what the detector looks at. */
export const LONGER_SIDE = 640;
const JPEG_QUALITY = 0.85;

/** One wish, seconds on the container's clock. */
export interface Wish {
  /** What the plan asks for. */
  askedSeconds: number;
  /** The picture to take: the one shown at the asked time, or a key frame near it. */
  decodeSeconds: number;
  /** The key frame from which that picture is decoded; null when nobody has told. */
  keySeconds: number | null;
}

/** One picture that was decoded for a wish, drawn upright with square pixels. */
export interface Taken {
  askedSeconds: number;
  takenSeconds: number;
  canvas: OffscreenCanvas;
}

/** A wish that could not be fulfilled. */
export interface Missed extends Wish {
  reason: string;
}

/** The size that fits a picture into a square of `longer` pixels, keeping its shape; never larger than it is. */
export function fitInto(width: number, height: number, longer: number): [number, number] {
  const scale = Math.min(1, longer / Math.max(width, height));
  return [Math.max(1, Math.round(width * scale)), Math.max(1, Math.round(height * scale))];
}

/** A canvas as the JPEG that the job keeps. */
export async function toJpeg(canvas: OffscreenCanvas): Promise<ArrayBuffer> {
  const jpeg = await canvas.convertToBlob({ type: 'image/jpeg', quality: JPEG_QUALITY });
  return jpeg.arrayBuffer();
}
