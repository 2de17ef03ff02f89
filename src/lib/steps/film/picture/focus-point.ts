import { sobel } from '#lib/media/pixels/gradients.ts';
import type { RgbaImage } from '#lib/media/pixels/rgba-image.ts';
import type { Focus } from './movement.ts';

/** How far the focus moves from the centre to the details: a focus at the edge looks wrong. */
const PULL = 0.6;

/** The centre of a picture's detail: the centroid of its brightness gradients, pulled towards the middle. */
export function focusPoint({ data, width, height }: RgbaImage): Focus {
  const luma = new Float32Array(width * height);
  for (let i = 0; i < luma.length; i++) {
    luma[i] = 0.2126 * data[4 * i]! + 0.7152 * data[4 * i + 1]! + 0.0722 * data[4 * i + 2]!;
  }
  const { magnitude } = sobel(luma, width, height);
  let sum = 0;
  let x = 0;
  let y = 0;
  magnitude.forEach((slope, i) => {
    sum += slope;
    x += slope * ((i % width) + 0.5);
    y += slope * (Math.floor(i / width) + 0.5);
  });
  if (sum === 0) return { x: 0.5, y: 0.5 };
  return { x: 0.5 + PULL * (x / sum / width - 0.5), y: 0.5 + PULL * (y / sum / height - 0.5) };
}
