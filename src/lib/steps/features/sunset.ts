import { deviation, mean, smoothstep } from '#lib/media/pixels/statistics.ts';
import type { FramePlanes } from './frame-planes.ts';

/** A row of the picture: means, and the spread of its lightness. */
interface Row {
  lightness: number;
  spread: number;
  a: number;
  b: number;
  texture: number;
}

/**
 * Likelihood of a sky at sunset or sunrise, 0 … 1. A smooth sky in layers, each of nearly one lightness: either it
 * changes from dark or bluish above to a bright, warm glow (b* over 8) further down, or all of it is warm. Below the
 * glow it is darker. Warm rooms and fur have no such layers.
 */
export function sunsetLikelihood({ lab, texture }: FramePlanes): number {
  const { width, height } = lab;
  const rows = Array.from({ length: height }, (_, y): Row => {
    const read = (plane: Float32Array) => plane.subarray(y * width, (y + 1) * width);
    return {
      lightness: mean(read(lab.lightness)),
      spread: deviation(read(lab.lightness)),
      a: mean(read(lab.a)),
      b: mean(read(lab.b)),
      texture: mean(read(texture)),
    };
  });
  const sky = rows.slice(0, Math.ceil(0.6 * height));
  if (sky.length < 4) return 0;
  const glow = sky.reduce((best, row) => (row.lightness + row.b > best.lightness + best.b ? row : best));
  const top = sky.slice(0, Math.ceil(height / 10));
  const ground = rows.slice(-Math.ceil(height / 3));
  const isLow = smoothstep(0.12, 0.3, sky.indexOf(glow) / height);
  const warming = smoothstep(4, 14, glow.b - meanOf(top, 'b'));
  // b* over 18 at the top, too: the whole sky is orange.
  const isAllWarm = smoothstep(12, 22, meanOf(top, 'b')) * smoothstep(0, 5, meanOf(top, 'a'));
  const layers = deviation(rows.map(({ lightness }) => lightness)) / (meanOf(rows, 'spread') || 1);
  return (
    Math.max(isLow * warming, isAllWarm) *
    smoothstep(8, 20, glow.b) *
    smoothstep(0.55, 0.95, layers) *
    smoothstep(6, 16, glow.lightness - meanOf(ground, 'lightness')) *
    (1 - smoothstep(2.8, 4.5, meanOf(sky, 'texture'))) *
    (1 - smoothstep(60, 72, meanOf(rows, 'lightness')))
  );
}

function meanOf(rows: readonly Row[], name: keyof Row): number {
  return mean(rows.map((row) => row[name]));
}
