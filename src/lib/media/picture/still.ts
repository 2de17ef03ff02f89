import { decodePicture } from '../pixels/read-pixels.ts';

/** Maximum of the longer side of a still, pixels. */
const LONGEST_SIDE = 768;
const QUALITIES = [0.86, 0.7, 0.5, 0.3];
/** Resolution of the strongest blur: pixels along the longer side. */
const MIN_PIXELS = 12;

/** The visible part of a picture, as shares of its width and height. */
export interface StillCut {
  x: number;
  y: number;
  width: number;
  height: number;
}

/**
 * Prepares a picture for sending: cropped, blurred, at most 768 pixels on its longer side, as a JPEG without metadata.
 * The blur destroys detail for good: the picture is scaled down and up again.
 * @param blur 0 none … 1 only a few patches of colour.
 * @throws PictureUnreadableError when the picture can't be decoded; TypeError when it doesn't get small enough.
 */
export async function makeStill(
  picture: Blob,
  cut: StillCut,
  blur: number,
  mostBytes: number,
): Promise<Blob> {
  const bitmap = await decodePicture(picture);
  const { width, height } = bitmap;
  const source = {
    x: Math.round(cut.x * width),
    y: Math.round(cut.y * height),
    width: Math.max(1, Math.round(cut.width * width)),
    height: Math.max(1, Math.round(cut.height * height)),
  };
  const longer = Math.max(source.width, source.height);
  const scale = Math.min(1, LONGEST_SIDE / longer);
  const still = canvas(source.width * scale, source.height * scale);
  let drawn: CanvasImageSource = bitmap;
  let from = source;
  if (blur > 0) {
    const left = Math.max(MIN_PIXELS, LONGEST_SIDE * 0.5 ** (blur * 6)) / longer;
    const small = canvas(source.width * Math.min(left, scale), source.height * Math.min(left, scale));
    draw(small, bitmap, source);
    drawn = small;
    from = { x: 0, y: 0, width: small.width, height: small.height };
  }
  draw(still, drawn, from);
  bitmap.close();
  for (const quality of QUALITIES) {
    const jpeg = await still.convertToBlob({ type: 'image/jpeg', quality });
    if (jpeg.size <= mostBytes) return jpeg;
  }
  throw new TypeError(
    `A still of at most ${mostBytes} bytes was wanted; this picture doesn't get that small.`,
  );
}

function canvas(width: number, height: number): OffscreenCanvas {
  return new OffscreenCanvas(Math.max(1, Math.round(width)), Math.max(1, Math.round(height)));
}

function draw(target: OffscreenCanvas, image: CanvasImageSource, { x, y, width, height }: StillCut): void {
  const context = target.getContext('2d')!;
  context.imageSmoothingQuality = 'high';
  context.drawImage(image, x, y, width, height, 0, 0, target.width, target.height);
}
