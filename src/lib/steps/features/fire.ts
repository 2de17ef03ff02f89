import { connectedAreas } from '#lib/media/pixels/connected-areas.ts';
import { deviation, mean, smoothstep } from '#lib/media/pixels/statistics.ts';
import type { FramePlanes } from './frame-planes.ts';

/** Flames in a frame: how likely there are any, and where. */
export interface Flames {
  /** 0 … 1. */
  likelihood: number;
  /** 1 for each pixel of a likely flame, row by row. */
  pixels: Uint8Array;
}

/** A flame has at least this many pixels; lamps and sparks have fewer. */
const MIN_PIXELS = 10;
/** How far around a flame it has to be dark, pixels. */
const SURROUNDINGS = 5;
/** An area with a smaller certainty is not followed from frame to frame. */
const MIN_CERTAINTY = 0.3;
/** Directions in which the surroundings of a pixel are looked at. */
const AROUND = [
  [-1, 0],
  [1, 0],
  [0, -1],
  [0, 1],
  [-1, -1],
  [1, -1],
] as const;

/**
 * Finds flames: connected areas of red over green over blue, saturated or overexposed, after the rules of Çelik &
 * Demirel, "Fire detection in video sequences using a generic color model" (Fire Safety Journal 2009). The sum of the
 * certain ones must be 0.08 … 0.4 % of the picture.
 */
export function findFlames({ image, lab, hue, chroma, texture }: FramePlanes): Flames {
  const { data, width, height } = image;
  const isCore = (i: number) => lab.lightness[i]! > 86 && lab.b[i]! > 12;
  const warm = new Uint8Array(texture.length);
  for (let i = 0; i < warm.length; i++) {
    const [red, green, blue] = [data[4 * i]!, data[4 * i + 1]!, data[4 * i + 2]!];
    const isSaturated = chroma[i]! > 40 && hue[i]! >= 15 && hue[i]! <= 105;
    if (red > 140 && red >= green && green >= blue && (isSaturated || isCore(i))) warm[i] = 1;
  }
  const pixels = new Uint8Array(warm.length);
  let certainPixels = 0;
  let best = 0;
  for (const area of connectedAreas(warm, width, height)) {
    if (area.length < MIN_PIXELS) continue;
    const read = (plane: Float32Array) => Float32Array.from(area, (i) => plane[i]!);
    const around = surroundingsOf(area, warm, width, height);
    const certainty = flameCertainty({
      core: area.filter(isCore).length / area.length,
      hues: deviation(read(hue)),
      roughness: mean(read(texture)),
      // An area without surroundings fills the picture: it stands out from nothing.
      contrast: around.length ? mean(read(lab.lightness)) - mean(around.map((i) => lab.lightness[i]!)) : 0,
    });
    best = Math.max(best, certainty);
    certainPixels += certainty * area.length;
    if (certainty >= MIN_CERTAINTY) for (const i of area) pixels[i] = 1;
  }
  return { likelihood: best * smoothstep(0.0008, 0.004, certainPixels / warm.length), pixels };
}

/**
 * Certainty that a warm area is a flame, 0 … 1. A flame is overexposed inside, red at its rim, rough, and stands out
 * from darkness: leaves, skin and lit walls have one hue and no white core, an evening sky is smooth and fades away.
 */
function flameCertainty(area: { core: number; hues: number; roughness: number; contrast: number }): number {
  return (
    smoothstep(0.04, 0.12, area.core) *
    (1 - smoothstep(0.8, 0.97, area.core)) *
    smoothstep(6.5, 12, area.hues) *
    smoothstep(5.5, 8, area.roughness) *
    smoothstep(18, 32, area.contrast)
  );
}

/** The pixels near an area that are not warm themselves. */
function surroundingsOf(area: readonly number[], warm: Uint8Array, width: number, height: number): number[] {
  const around = new Set<number>();
  for (const i of area) {
    for (const [dx, dy] of AROUND) {
      const x = (i % width) + SURROUNDINGS * dx;
      const y = Math.floor(i / width) + SURROUNDINGS * dy;
      if (x >= 0 && y >= 0 && x < width && y < height && !warm[y * width + x]) around.add(y * width + x);
    }
  }
  return [...around];
}

/**
 * How much two frames of a shot have the same flames, 0 … 1: the shared part of all their pixels. Flames flicker; what
 * keeps its shape is a lamp, a leaf or a lit wall.
 */
export function flameOverlap(one: Uint8Array, other: Uint8Array): number {
  let shared = 0;
  let all = 0;
  one.forEach((pixel, i) => {
    if (pixel && other[i]) shared++;
    if (pixel || other[i]) all++;
  });
  return all ? shared / all : 0;
}
