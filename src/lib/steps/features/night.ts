import { boxMean } from '#lib/media/pixels/box-mean.ts';
import { eitherOf, mean, median, smoothstep } from '#lib/media/pixels/statistics.ts';
import type { FramePlanes } from './frame-planes.ts';

/** The light and the dark of a night, each 0 … 1. */
export interface Night {
  /** Night outdoors: a dark picture with a bluish upper part, or with many small lights. */
  night: number;
  /** Lamps and lit windows over the whole width. */
  lights: number;
}

/** Lightness around a lamp, L*, at most: by day everything is brighter. */
const DARK = 32;
/** How much brighter than its surroundings a lamp is, L*. */
const STANDS_OUT = 22;

/**
 * Measures a night. Dark rooms are not bluish and have few lights; stars are fainter and smaller than lamps.
 */
export function measureNight({ lab, hue, chroma }: FramePlanes): Night {
  const { width, height, lightness } = lab;
  const dark = (1 - smoothstep(24, 36, mean(lightness))) * (1 - smoothstep(16, 26, median(lightness)));
  if (!dark) return { night: 0, lights: 0 };
  const around = boxMean(lightness, width, height, 4);
  const columns = new Set<number>();
  let lamps = 0;
  let stars = 0;
  let blue = 0;
  const upper = Math.floor(0.4 * height) * width;
  for (let i = 0; i < lightness.length; i++) {
    const above = lightness[i]! - around[i]!;
    if (above > STANDS_OUT && lightness[i]! > 50 && around[i]! < DARK) {
      lamps++;
      columns.add(Math.floor(((i % width) * 16) / width));
    } else if (above > 6 && i < upper) stars++;
    if (i < upper && lightness[i]! < 45 && chroma[i]! >= 5 && hue[i]! >= 215 && hue[i]! <= 320) blue++;
  }
  const lights = smoothstep(0.003, 0.012, lamps / lightness.length) * smoothstep(5, 11, columns.size);
  const sky = smoothstep(0.35, 0.7, blue / upper);
  const starry = sky * smoothstep(0.002, 0.01, stars / upper);
  return { night: dark * eitherOf(0.7 * sky, 0.8 * lights, 0.7 * starry), lights: dark * lights };
}
