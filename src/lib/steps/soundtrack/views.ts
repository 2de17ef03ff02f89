import type { FrameFeatures } from '#lib/job/entries/features.ts';
import type { View } from '#lib/job/score.ts';
import { clamp, smoothstep } from '#lib/media/pixels/statistics.ts';

/** What one frame shows besides objects, for the planner. Regions that the user removed are not seen. */
export function viewOf(
  frame: FrameFeatures,
  outdoor: number,
  removed: readonly string[],
): Omit<View, 'atSeconds'> {
  const gone = new Set(removed.map((word) => word.toLowerCase()));
  const { sky, sea, vegetation, fire, snow = 0, night = 0 } = frame.regions;
  return {
    sky: gone.has('sky') ? 0 : sky,
    sea: gone.has('sea') ? 0 : sea,
    vegetation: gone.has('foliage') ? 0 : vegetation,
    fire: gone.has('fire') ? 0 : fire,
    snow: gone.has('snow') ? 0 : snow,
    night,
    outdoor,
    flat: Math.max(flatness(frame), frame.drawn ?? 0),
    saturation: frame.saturation,
  };
}

/** Fewer edges have only drawn areas. */
const DRAWN = 0.003;

/**
 * How flat a picture is, 0 … 1: few colours that fill it, little texture between sharp edges, as titles, user interfaces
 * and test patterns have, but photographs don't. What changes all over is none, unless it has no texture at all: a fade.
 */
export function flatness({ palette, edgeDensity, regions, motion }: FrameFeatures): number {
  const largest = palette[0]?.share ?? 0;
  const isOfFewColours = smoothstep(0.6, 0.8, largest);
  const isSmooth = 1 - smoothstep(0.1, 0.2, edgeDensity);
  const isNature = Math.max(regions.sky, regions.sea, regions.vegetation);
  const isFlowing = edgeDensity > DRAWN ? smoothstep(0.4, 0.6, motion) : 0;
  return clamp(isOfFewColours * isSmooth * (1 - isNature) * (1 - isFlowing), 0, 1);
}
