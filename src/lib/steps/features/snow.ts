import { median, smoothstep } from '#lib/media/pixels/statistics.ts';
import type { FramePlanes } from './frame-planes.ts';

/** Snow is looked for in the lower part of the picture, from this share of the height on. */
const TOP = 0.6;

/**
 * Likelihood of snow on the ground, 0 … 1: most of the lower part is bright, colourless to bluish (b* under 2, since
 * snow mirrors the sky, while sand and pavement are yellowish) and neither smooth as a table nor covered with edges.
 */
export function snowLikelihood({ lab, chroma, texture }: FramePlanes): number {
  const { width, height, lightness, b } = lab;
  const from = Math.round(TOP * height) * width;
  const blueness: number[] = [];
  const roughness: number[] = [];
  for (let i = from; i < lightness.length; i++) {
    if (lightness[i]! < 62 || chroma[i]! > 14 || b[i]! > 2) continue;
    blueness.push(-b[i]!);
    roughness.push(texture[i]!);
  }
  const share = blueness.length / Math.max(1, lightness.length - from);
  const rough = median(roughness);
  return (
    smoothstep(0.35, 0.6, share) *
    smoothstep(1, 3.5, median(blueness)) *
    smoothstep(0.5, 1.2, rough) *
    (1 - smoothstep(6, 9, rough))
  );
}
