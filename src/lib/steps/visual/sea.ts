import { smoothstep } from '#lib/media/pixels/statistics.ts';
import type { FramePlanes } from './frame-planes.ts';
import type { Sky } from './sky.ts';

/** The share of a row that must look like water for the row to belong to a sea: it reaches from side to side. */
const ROW_SHARE = 0.5;

/**
 * Likelihood of a wide water surface, 0 … 1: below the sky, rows that are for the greater part blue, cyan or sea-green
 * (Lab hue 175 … 295°), in which slopes go up and down rather than sideways, because waves seen at a low angle are
 * horizontal streaks. Water without colour (at night, in black and white) is not found.
 */
export function seaLikelihood({ lab, hue, chroma, slopes }: FramePlanes, { depths }: Sky): number {
  const { width, height, lightness } = lab;
  let band = 0;
  let upDown = 0;
  let sideways = 0;
  for (let y = Math.round(0.15 * height); y < height; y++) {
    let water = 0;
    for (let x = 0; x < width; x++) {
      const i = y * width + x;
      const isBelowSky = y >= depths[x]!;
      const isWater = hue[i]! >= 175 && hue[i]! <= 295 && chroma[i]! >= 6 && lightness[i]! >= 12;
      if (!isBelowSky || !isWater) continue;
      water++;
      upDown += Math.abs(slopes.y[i]!);
      sideways += Math.abs(slopes.x[i]!);
    }
    if (water >= ROW_SHARE * width) band++;
  }
  const streaks = upDown / Math.max(upDown + sideways, 1e-9);
  return smoothstep(0.03, 0.2, band / height) * smoothstep(0.4, 0.6, streaks);
}
