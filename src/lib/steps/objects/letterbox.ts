import type { InputSize } from './input-size.ts';

/** The position of a picture in the model's input, in whole pixels; the rest is grey. */
export interface Letterbox {
  left: number;
  top: number;
  width: number;
  height: number;
}

/** The grey around pictures in the training of YOLO models, 0 … 255. */
export const PADDING_GREY = 114;

/** Fits a picture into the input: centred with its aspect ratio, or stretched. */
export function letterbox(picture: InputSize, input: InputSize, isShapeKept: boolean): Letterbox {
  if (!isShapeKept) return { left: 0, top: 0, ...input };
  const scale = Math.min(input.width / picture.width, input.height / picture.height);
  const width = Math.max(1, Math.round(picture.width * scale));
  const height = Math.max(1, Math.round(picture.height * scale));
  return { left: (input.width - width) >> 1, top: (input.height - height) >> 1, width, height };
}

/**
 * Converts a letterboxed RGBA picture to the model's input: planes of red, green and blue, 0 … 1, shape [3, h, w].
 * @param target The destination, 3 · w · h numbers: one picture of a batch.
 */
export function writePlanes(rgba: Uint8ClampedArray, target: Float32Array): void {
  const size = rgba.length / 4;
  for (let pixel = 0, at = 0; pixel < size; pixel++, at += 4) {
    target[pixel] = rgba[at]! / 255;
    target[pixel + size] = rgba[at + 1]! / 255;
    target[pixel + 2 * size] = rgba[at + 2]! / 255;
  }
}
