import { median, smoothstep } from '#lib/media/pixels/statistics.ts';
import type { FramePlanes } from './frame-planes.ts';

/**
 * Likelihood of an open fire, 0 … 1. Flame pixels follow Çelik & Demirel, "Fire detection in video sequences using a
 * generic color model" (Fire Safety Journal 2009): Y > Cb, Cr > Cb, Y and Cr above and Cb below the picture's mean,
 * |Cb - Cr| ≥ 40. They must also glow (L* over 60, chroma over 45, hue 30 … 100°) in dark surroundings and have a rough
 * texture, which distinguishes flames from an evening sky and from skin.
 */
export function fireLikelihood({ image, lab, hue, chroma, texture }: FramePlanes): number {
  const { data } = image;
  const count = texture.length;
  let sumY = 0;
  let sumBlue = 0;
  let sumRed = 0;
  for (let i = 0; i < count; i++) {
    const [y, blue, red] = toYCbCr(data[4 * i]!, data[4 * i + 1]!, data[4 * i + 2]!);
    sumY += y;
    sumBlue += blue;
    sumRed += red;
  }
  let flames = 0;
  for (let i = 0; i < count; i++) {
    const [y, blue, red] = toYCbCr(data[4 * i]!, data[4 * i + 1]!, data[4 * i + 2]!);
    const isFlame = y > blue && red > blue && red - blue >= 40 && y > sumY / count;
    const standsOut = blue < sumBlue / count && red > sumRed / count;
    const glows = lab.lightness[i]! > 60 && chroma[i]! > 45 && hue[i]! >= 30 && hue[i]! <= 100;
    if (isFlame && standsOut && glows && texture[i]! > 1) flames++;
  }
  const isDarkAround = 1 - smoothstep(25, 50, median(lab.lightness));
  return smoothstep(0.004, 0.04, flames / count) * isDarkAround;
}

/** ITU-R BT.601 full range, all 0 … 255. */
function toYCbCr(red: number, green: number, blue: number): [number, number, number] {
  const y = 0.299 * red + 0.587 * green + 0.114 * blue;
  return [y, 128 + 0.564 * (blue - y), 128 + 0.713 * (red - y)];
}
