import { deviation, smoothstep } from '#lib/media/pixels/statistics.ts';
import type { FramePlanes } from './frame-planes.ts';

/** For each green pixel this many may have turned: where nothing is green, it is hardly a plant. */
const MOST_TURNED = 4;
/** Plants have a rough texture: at least this mean gradient, L* per pixel. */
const ROUGH = 1;

/**
 * Likelihood of plants, 0 … 1, from the share of rough pixels whose excess green (2g - r - b over normalised r, g, b;
 * Woebbecke et al. 1995) exceeds their excess red (1.4r - g; Meyer & Neto 2008). Autumn leaves count as well: rough,
 * saturated pixels from orange to yellow-green (Lab hue 40 … 110°), where their hues differ as those of leaves do, and
 * not as little as those of wood or fur.
 */
export function vegetationLikelihood({ image, lab, hue, chroma, texture }: FramePlanes): number {
  const { data } = image;
  let green = 0;
  const autumn: number[] = [];
  for (let i = 0; i < texture.length; i++) {
    if (texture[i]! <= ROUGH || lab.lightness[i]! <= 8) continue;
    const red = data[4 * i]!;
    const mid = data[4 * i + 1]!;
    const blue = data[4 * i + 2]!;
    const sum = red + mid + blue || 1;
    const excessGreen = (2 * mid - red - blue) / sum;
    const excessRed = (1.4 * red - mid) / sum;
    // Cyan and teal have a blue as strong as their green.
    if (excessGreen > 0.05 && excessGreen > excessRed && hue[i]! < 170) green++;
    else if (chroma[i]! > 25 && hue[i]! >= 40 && hue[i]! <= 110) autumn.push(hue[i]!);
  }
  const turned = Math.min(MOST_TURNED * green, smoothstep(9, 15, deviation(autumn)) * autumn.length);
  return smoothstep(0.05, 0.35, (green + turned) / texture.length);
}
