import { clamp } from '#lib/media/pixels/statistics.ts';

/** A clearly visible change of L*: twice the just noticeable difference of 2.3 (Mahy et al. 1994). */
const VISIBLE = 4.6;
/** Minimum gap for the extrapolation to one second. */
const SHORTEST_GAP_SECONDS = 0.1;

/**
 * Motion between two frames, 0 … 1, from the part of the picture whose lightness changed visibly. Things that move at
 * random cover an area that grows with the root of time, so the part is converted to a gap of one second as 1 - (1 -
 * part)^(1/√gap). Motion is the square root of that area, its side length: a moving thing is noticed long before it
 * fills the picture.
 * @param one, @param other Mean L* of the same blocks.
 */
export function motionBetween(one: Float32Array, other: Float32Array, gapSeconds: number): number {
  if (gapSeconds <= 0) return 0;
  let changed = 0;
  one.forEach((value, i) => {
    if (Math.abs(value - other[i]!) > VISIBLE) changed++;
  });
  const part = clamp(changed / one.length, 0, 1);
  return Math.sqrt(1 - (1 - part) ** (1 / Math.sqrt(Math.max(gapSeconds, SHORTEST_GAP_SECONDS))));
}
