import { deviation, eitherOf, median, smoothstep } from '#lib/media/pixels/statistics.ts';
import type { LabImage } from '#lib/media/pixels/lab-image.ts';
import type { FramePlanes } from './frame-planes.ts';

/**
 * How far down the sky reaches in each column (pixels of `height`), and how much there is, as shares of the picture.
 */
export interface Sky {
  readonly depths: Uint16Array;
  readonly height: number;
  readonly blueShare: number;
  readonly paleShare: number;
}

/** A steeper gradient (L* per pixel) is the edge of something in front of the sky, or the horizon. */
const EDGE = 7;
/** Chroma from which on an area is blue; white walls in cool light have up to 9. */
const MIN_BLUE = 10;
/** Ground and water have a rough texture, furniture mostly has not: mean gradient, L* per pixel. */
const ROUGH = 1;
/** Share of the height that may be skipped on the way down, for wires, kites and birds. */
const GAP_SHARE = 0.03;

/**
 * Finds the sky: smooth areas in a colour of the sky that start at the upper edge (position, colour and texture after
 * Zafarifar & de With, "Blue sky detection for picture quality enhancement", ACIVS 2006). Blue: Lab hue 195 … 310°,
 * L* over 30, and more chroma than a white wall in cool light. Pale (cloud, haze): L* over 75, chroma under 12, not
 * yellowish.
 */
export function findSky({ lab, hue, chroma, texture, slopes }: FramePlanes): Sky {
  const { width, height, lightness, b } = lab;
  const depths = new Uint16Array(width);
  const gap = Math.max(1, Math.round(GAP_SHARE * height));
  let blue = 0;
  let pale = 0;
  for (let x = 0; x < width; x++) {
    let missed = 0;
    for (let y = 0; y < height && missed <= gap; y++) {
      const i = y * width + x;
      const isSmooth = slopes.magnitude[i]! < EDGE && texture[i]! < EDGE;
      const isBlue = hue[i]! >= 195 && hue[i]! <= 310 && chroma[i]! >= MIN_BLUE && lightness[i]! >= 30;
      const isPale = lightness[i]! >= 75 && chroma[i]! <= 12 && b[i]! <= 5;
      if (!isSmooth || !(isBlue || isPale)) {
        missed++;
        continue;
      }
      missed = 0;
      depths[x] = y + 1;
      if (isBlue) blue++;
      else pale++;
    }
  }
  const count = width * height;
  return { depths, height, blueShare: blue / count, paleShare: pale / count };
}

/** Whether the sky ends in a level line, 0 … 1: the depths of most columns differ by less than 3 % of the height. */
export function levelHorizon({ depths, height }: Sky): number {
  const middle = median(depths);
  const scatter = median(depths.map((depth) => Math.abs(depth - middle))) / height;
  const isInside = middle > 0.1 * height && middle < 0.9 * height;
  return isInside ? 1 - smoothstep(0.02, 0.06, scatter) : 0;
}

/** The spread of lightness within the sky: a blue sky is never of one tone. */
function spreadOf({ depths }: Sky, { lightness, width }: LabImage): number {
  const inside: number[] = [];
  depths.forEach((depth, x) => {
    for (let y = 0; y < depth; y++) inside.push(lightness[y * width + x]!);
  });
  return deviation(inside);
}

/**
 * Likelihood of sky, 0 … 1. Blue sky is certain from a quarter of the picture on. A pale area may be a wall, hence at
 * most 0.35, or 0.9 when it ends in a level horizon above rough ground or water. A blue area of one tone is drawn.
 */
export function skyLikelihood(sky: Sky, { texture, lab }: FramePlanes): number {
  const { depths, blueShare, paleShare } = sky;
  // Other blue things at the upper edge are narrower than a sky.
  const breadth = smoothstep(0.15, 0.5, depths.filter((depth) => depth > 0).length / depths.length);
  const top = Math.round(median(depths)) * lab.width;
  const ground = texture.subarray(Math.min(top, texture.length - 1));
  const rough = smoothstep(0.4, 0.7, ground.filter((value) => value > ROUGH).length / ground.length);
  const isPlain = 1 - smoothstep(0.3, 1, spreadOf(sky, lab));
  const pale = (0.35 + 0.55 * levelHorizon(sky) * rough) * smoothstep(0.05, 0.3, paleShare);
  return breadth * eitherOf((1 - isPlain) * smoothstep(0.03, 0.25, blueShare), pale);
}
