import { sobel } from './gradients.ts';

const DIRECTIONS = 8;
/** L* per pixel; prevents the noise of a flat picture from being normalised to unit length. */
const NOISE = 0.5;

/**
 * Histograms of edge directions on a grid of `cells` × `cells` (HOG, Dalal & Triggs, CVPR 2005, simplified): 8
 * directions over 180°, each pixel shared between the two nearest, square-rooted, with at most unit length in all.
 * @returns 8 values per cell, cells row by row.
 */
export function orientationHistogram(
  lightness: Float32Array,
  width: number,
  height: number,
  cells: number,
): Float32Array {
  const slopes = sobel(lightness, width, height);
  const histogram = new Float64Array(cells * cells * DIRECTIONS);
  for (let y = 0; y < height; y++) {
    const row = Math.floor((y * cells) / height);
    for (let x = 0; x < width; x++) {
      const i = y * width + x;
      const cell = row * cells + Math.floor((x * cells) / width);
      // A direction and its opposite are the same edge, from dark to light or from light to dark.
      const turn = Math.atan2(slopes.y[i]!, slopes.x[i]!) / Math.PI + 1;
      const position = (turn % 1) * DIRECTIONS;
      const low = Math.floor(position) % DIRECTIONS;
      const part = position - Math.floor(position);
      histogram[cell * DIRECTIONS + low]! += slopes.magnitude[i]! * (1 - part);
      histogram[cell * DIRECTIONS + ((low + 1) % DIRECTIONS)]! += slopes.magnitude[i]! * part;
    }
  }
  const pixelsPerCell = (width * height) / (cells * cells);
  const roots = histogram.map((sum) => Math.sqrt(sum / pixelsPerCell));
  const length = Math.sqrt(roots.reduce((sum, root) => sum + root * root, 0) + NOISE);
  return Float32Array.from(roots, (root) => root / length);
}
