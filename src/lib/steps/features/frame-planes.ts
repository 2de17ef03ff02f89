import { boxMean } from '#lib/media/pixels/box-mean.ts';
import { sobel, type Gradients } from '#lib/media/pixels/gradients.ts';
import { hueDegrees, toLab, type LabImage } from '#lib/media/pixels/lab-image.ts';
import type { RgbaImage } from '#lib/media/pixels/rgba-image.ts';

/** The planes of one frame that all rules look at, computed once. */
export interface FramePlanes {
  readonly image: RgbaImage;
  readonly lab: LabImage;
  readonly chroma: Float32Array;
  /** Hue angle in CIELAB, 0 … 360 degrees. */
  readonly hue: Float32Array;
  /** Slopes of L*, per pixel. */
  readonly slopes: Gradients;
  /** Mean slope in the 5 × 5 pixels around, L* per pixel. */
  readonly texture: Float32Array;
}

/** The planes of an RGBA picture; meant for pictures of about 160 pixels, which the rules' sizes assume. */
export function toPlanes(image: RgbaImage): FramePlanes {
  const lab = toLab(image);
  const slopes = sobel(lab.lightness, lab.width, lab.height);
  return {
    image,
    lab,
    chroma: Float32Array.from(lab.a, (a, i) => Math.hypot(a, lab.b[i]!)),
    hue: Float32Array.from(lab.a, (a, i) => hueDegrees(a, lab.b[i]!)),
    slopes,
    texture: boxMean(slopes.magnitude, lab.width, lab.height, 2),
  };
}
