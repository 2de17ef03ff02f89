import { blockMeans } from '#lib/media/pixels/block-means.ts';
import type { LabImage } from '#lib/media/pixels/lab-image.ts';
import { clamp, deviation, mean } from '#lib/media/pixels/statistics.ts';

/** The data of a frame that is compared with the next one. */
export interface Signature {
  /** Share of the pixels around each point of a grid of 6 × 7 × 7 colours in CIELAB; sums to 1. */
  readonly histogram: Float64Array;
  /** L* of 64 × 36 blocks, row by row. */
  readonly blocks: Float32Array;
}

const COLUMNS = 64;
const ROWS = 36;
/** Contrast (standard deviation of L*) below which layouts can't be compared. */
const FAINT = 15;

/** The signature of a frame. */
export function signatureOf(lab: LabImage): Signature {
  return {
    histogram: labHistogram(lab),
    blocks: blockMeans(lab.lightness, lab.width, lab.height, COLUMNS, ROWS),
  };
}

/** Each pixel is distributed over the eight nearest points, so that a slight change of exposure stays slight. */
function labHistogram({ lightness, a, b }: LabImage): Float64Array {
  const histogram = new Float64Array(6 * 7 * 7);
  for (let i = 0; i < lightness.length; i++) {
    const position = [
      clamp(lightness[i]! / 20, 0, 5),
      clamp(3 + a[i]! / 20, 0, 6),
      clamp(3 + b[i]! / 20, 0, 6),
    ] as const;
    for (let corner = 0; corner < 8; corner++) {
      let weight = 1;
      let bin = 0;
      for (let axis = 0; axis < 3; axis++) {
        const last = axis === 0 ? 5 : 6;
        const low = Math.min(last - 1, Math.floor(position[axis]!));
        const part = position[axis]! - low;
        const isHigh = (corner >> axis) & 1;
        weight *= isHigh ? part : 1 - part;
        bin = bin * (last + 1) + low + isHigh;
      }
      histogram[bin]! += weight / lightness.length;
    }
  }
  return histogram;
}

/** Hellinger distance of the colour histograms, 0 (the same colours) … 1 (none in common). */
export function colourDistance(one: Signature, other: Signature): number {
  let common = 0;
  one.histogram.forEach((share, i) => (common += Math.sqrt(share * other.histogram[i]!)));
  return Math.sqrt(Math.max(0, 1 - common));
}

/**
 * Difference of the layouts, 0 … 1: one minus the contrast and structure term of SSIM (Wang et al. 2004) over all
 * blocks, where that is positive. Its constant is large, so that small things on an empty background are no new layout.
 */
export function layoutDistance(one: Signature, other: Signature): number {
  const centre = mean(one.blocks);
  const otherCentre = mean(other.blocks);
  const covariance = mean(one.blocks.map((value, i) => (value - centre) * (other.blocks[i]! - otherCentre)));
  const variances = deviation(one.blocks) ** 2 + deviation(other.blocks) ** 2;
  return clamp(1 - (2 * covariance + FAINT ** 2) / (variances + FAINT ** 2), 0, 1);
}
