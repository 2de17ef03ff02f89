import { smoothstep } from '#lib/media/pixels/statistics.ts';
import type { FramePlanes } from './frame-planes.ts';

/** Plants have a rough texture: at least this mean gradient, L* per pixel. */
const ROUGH = 1;

/**
 * Likelihood of plants, 0 … 1, from the share of rough pixels whose excess green (2g - r - b over normalised r, g, b;
 * Woebbecke et al. 1995) exceeds their excess red (1.4r - g; Meyer & Neto 2008).
 */
export function vegetationLikelihood({ image, lab, texture }: FramePlanes): number {
  const { data } = image;
  let green = 0;
  for (let i = 0; i < texture.length; i++) {
    const red = data[4 * i]!;
    const mid = data[4 * i + 1]!;
    const blue = data[4 * i + 2]!;
    const sum = red + mid + blue || 1;
    const excessGreen = (2 * mid - red - blue) / sum;
    const excessRed = (1.4 * red - mid) / sum;
    if (excessGreen > 0.05 && excessGreen > excessRed && lab.lightness[i]! > 8 && texture[i]! > ROUGH)
      green++;
  }
  return smoothstep(0.05, 0.35, green / texture.length);
}
