import type { FrameFeatures } from '#lib/job/entries/features.ts';
import { colourfulness } from '#lib/media/pixels/colourfulness.ts';
import { palette } from '#lib/media/pixels/palette.ts';
import { clamp, deviation, mean } from '#lib/media/pixels/statistics.ts';
import { drawnLikelihood } from './drawn.ts';
import { findFlames, type Flames } from './fire.ts';
import type { FramePlanes } from './frame-planes.ts';
import { measureNight } from './night.ts';
import { seaLikelihood } from './sea.ts';
import { findSky, skyLikelihood } from './sky.ts';
import { snowLikelihood } from './snow.ts';
import { sunsetLikelihood } from './sunset.ts';
import { vegetationLikelihood } from './vegetation.ts';

/** The features of a single frame, without those that need its neighbours. */
export type StillFeatures = Omit<FrameFeatures, 'atSeconds' | 'motion' | 'cutLikelihood'>;

/** A steeper gradient of L*, per pixel, is an edge: a step of 12 between neighbours. */
const EDGE = 6;

/** Measures one frame. The README of this folder lists formulas and sources. */
export function measureStill(planes: FramePlanes, flames: Flames = findFlames(planes)): StillFeatures {
  const { image, lab, chroma, slopes } = planes;
  const sky = findSky(planes);
  const sunset = sunsetLikelihood(planes);
  const sea = seaLikelihood(planes, sky, sunset);
  const drawn = drawnLikelihood(planes);
  const photographed = 1 - drawn;
  return {
    brightness: clamp(mean(lab.lightness) / 100, 0, 1),
    contrast: clamp(deviation(lab.lightness) / 50, 0, 1),
    saturation: saturation(lab.lightness, chroma),
    warmth: warmth(planes),
    colourfulness: colourfulness(image),
    edgeDensity: slopes.magnitude.reduce((edges, slope) => edges + (slope > EDGE ? 1 : 0), 0) / chroma.length,
    palette: palette(image),
    drawn,
    regions: {
      sky: photographed * skyLikelihood(sky, planes),
      sea: photographed * sea,
      vegetation: photographed * vegetationLikelihood(planes),
      fire: flames.likelihood,
      // Foam is as white as snow.
      snow: snowLikelihood(planes) * (1 - sea),
      sunset,
      ...measureNight(planes),
    },
  };
}

/**
 * Saturation C / √(C² + L²) (Lübbe 2013) of the sums over all pixels, so that the noise of dark pixels, whose own ratio
 * is meaningless, has no weight.
 */
function saturation(lightness: Float32Array, chroma: Float32Array): number {
  let colour = 0;
  let all = 0;
  for (let i = 0; i < chroma.length; i++) {
    colour += chroma[i]!;
    all += Math.hypot(chroma[i]!, lightness[i]!);
  }
  return all > 0 ? colour / all : 0;
}

/**
 * Warm against cool, -1 … 1: Ou, Luo, Woodcock & Wright 2004 have 0.02·C^1.07·cos(h - 50°) - 0.5; here without the
 * constant, so that grey is 0, and averaged over the pixels.
 */
function warmth({ chroma, hue }: FramePlanes): number {
  let sum = 0;
  for (let i = 0; i < chroma.length; i++) {
    sum += 0.02 * chroma[i]! ** 1.07 * Math.cos(((hue[i]! - 50) * Math.PI) / 180);
  }
  return clamp(sum / chroma.length, -1, 1);
}
