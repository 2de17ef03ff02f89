import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Box } from '../../../src/lib/job/entries/objects.ts';
import type { RgbaImage } from '../../../src/lib/media/pixels/rgba-image.ts';
import { letterbox, writePlanes, type Letterbox } from '../../../src/lib/steps/objects/letterbox.ts';
import { grabPixels } from '../../fixtures/media/grab-pixels.ts';

/** A photo and what is known to be in it. */
export interface Photo {
  file: string;
  /** How many of each thing there are at least. */
  objects_min?: Record<string, number>;
  /** Where all things are, in parts of the picture, where somebody has drawn them. */
  boxes?: Omit<Box, 'score'>[];
}

/** The photos of a folder by its MANIFEST.json. */
export function readPhotos(folder: string): Photo[] {
  return JSON.parse(readFileSync(join(folder, 'MANIFEST.json'), 'utf8')) as Photo[];
}

/** Decodes a photo; needs ffmpeg. */
export function decodePhoto(path: string, longerSide: number): RgbaImage {
  const photo = grabPixels(path, 0, longerSide);
  if (!photo) throw new Error(`${path} could not be decoded.`);
  return photo;
}

/** A picture brought to the size of the input: letterboxed in grey, or stretched. With the nearest pixel. */
export function fitPicture(
  { data, width, height }: RgbaImage,
  size: { width: number; height: number },
  isLetterboxed: boolean,
): { rgba: Uint8ClampedArray; fit: Letterbox } {
  const fit = letterbox({ width, height }, size, isLetterboxed);
  const rgba = new Uint8ClampedArray(size.width * size.height * 4).fill(114);
  for (let y = 0; y < fit.height; y++) {
    const row = Math.min(height - 1, Math.floor(((y + 0.5) * height) / fit.height)) * width;
    for (let x = 0; x < fit.width; x++) {
      const from = (row + Math.min(width - 1, Math.floor(((x + 0.5) * width) / fit.width))) * 4;
      const to = ((y + fit.top) * size.width + x + fit.left) * 4;
      for (let channel = 0; channel < 3; channel++) rgba[to + channel] = data[from + channel]!;
    }
  }
  return { rgba, fit };
}

/** Planes of red, green and blue, 0 … 1, as detectors want them. */
export function toPlanes(rgba: Uint8ClampedArray): Float32Array {
  const planes = new Float32Array((3 * rgba.length) / 4);
  writePlanes(rgba, planes);
  return planes;
}
