import { blockMeans } from '#lib/media/pixels/block-means.ts';
import { correlation, eitherOf, mean, smoothstep } from '#lib/media/pixels/statistics.ts';
import type { FramePlanes } from './frame-planes.ts';
import { levelHorizon, type Sky } from './sky.ts';

/** A gradient below this, L* per pixel, is shading or noise: no wave. */
const VISIBLE = 1;
/** Columns in which waves are looked for. */
const COLUMNS = 8;
/** Share of water-coloured pixels that a row of a sea must have, since a sea extends from side to side. */
const ROW_SHARE = 0.6;

/**
 * Likelihood of a wide water surface, 0 … 1, by colour, by shape or by what it mirrors. Waves that are seen at a low angle are visible
 * horizontal streaks, in all parts of the surface. Roads and roofs have lines in other directions, or none.
 */
export function seaLikelihood(planes: FramePlanes, sky: Sky, sunset: number): number {
  return eitherOf(byColour(planes, sky), byShape(planes, sky), sunset * byReflection(planes));
}

/** Rows below the sky that are mostly blue, cyan or sea-green (Lab hue 160 … 310°). */
function byColour(planes: FramePlanes, { depths }: Sky): number {
  const { lab, hue, chroma } = planes;
  const { width, height, lightness } = lab;
  const isWater = new Uint8Array(lightness.length);
  let band = 0;
  for (let y = Math.round(0.25 * height); y < height; y++) {
    let count = 0;
    for (let x = 0; x < width; x++) {
      const i = y * width + x;
      const isColour = hue[i]! >= 160 && hue[i]! <= 310 && chroma[i]! >= 9 && lightness[i]! >= 14;
      if (isColour && y >= depths[x]!) count++;
    }
    if (count < ROW_SHARE * width) continue;
    band++;
    isWater.fill(1, y * width, (y + 1) * width);
  }
  return smoothstep(0.06, 0.22, band / height) * wavesIn(planes, isWater);
}

/** Grey or brown water: a streaked surface below a level horizon. It may be sand, hence at most 0.75. */
function byShape(planes: FramePlanes, sky: Sky): number {
  const { width, height } = planes.lab;
  // Skips a coast or haze at the horizon.
  const top = Math.max(...sky.depths) + Math.round(0.05 * height);
  if (top > 0.85 * height) return 0;
  const isWater = new Uint8Array(width * height).fill(1, top * width);
  return 0.75 * levelHorizon(sky) * wavesIn(planes, isWater);
}

/** Water in any colour mirrors the sky: its lower third has the same profile of light from left to right. */
function byReflection(planes: FramePlanes): number {
  const { width, height, lightness } = planes.lab;
  const profile = (from: number, to: number) =>
    blockMeans(lightness.subarray(from * width, to * width), width, to - from, 2 * COLUMNS, 1);
  const sky = profile(Math.round(0.2 * height), Math.round(0.5 * height));
  const water = profile(Math.round(0.66 * height), height);
  const isWater = new Uint8Array(width * height).fill(1, Math.round(0.66 * height) * width);
  return smoothstep(0.3, 0.7, correlation(sky, water)) * wavesIn(planes, isWater);
}

/** How much an area looks like waves, 0 … 1: in how many of its columns visible gradients are mostly vertical. */
function wavesIn({ slopes, lab: { width } }: FramePlanes, isWater: Uint8Array): number {
  const upDown = new Float64Array(COLUMNS);
  const sideways = new Float64Array(COLUMNS);
  let visible = 0;
  let all = 0;
  for (let i = 0; i < isWater.length; i++) {
    if (!isWater[i]) continue;
    all++;
    if (slopes.magnitude[i]! < VISIBLE) continue;
    visible++;
    const column = Math.floor(((i % width) * COLUMNS) / width);
    upDown[column]! += Math.abs(slopes.y[i]!);
    sideways[column]! += Math.abs(slopes.x[i]!);
  }
  if (!all) return 0;
  const streaks = Array.from(upDown, (value, at) => {
    const sum = value + sideways[at]!;
    return sum ? smoothstep(0.53, 0.66, value / sum) : 0;
  });
  return smoothstep(0.1, 0.3, visible / all) * smoothstep(0.45, 0.8, mean(streaks));
}
