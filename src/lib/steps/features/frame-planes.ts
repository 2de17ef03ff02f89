import { boxMean } from '#lib/media/pixels/box-mean.ts';
import { sobel, type Gradients } from '#lib/media/pixels/gradients.ts';
import { hueDegrees, toLab, type LabImage } from '#lib/media/pixels/lab-image.ts';
import type { RgbaImage } from '#lib/media/pixels/rgba-image.ts';

/** The planes of one frame, computed once for all rules. */
export interface FramePlanes {
  readonly image: RgbaImage;
  readonly lab: LabImage;
  readonly chroma: Float32Array;
  /** Hue angle in CIELAB, 0 … 360 degrees. */
  readonly hue: Float32Array;
  /** Gradients of L*, per pixel. */
  readonly slopes: Gradients;
  /** Mean magnitude of the gradient in the 5 × 5 pixels around, L* per pixel. */
  readonly texture: Float32Array;
}

/** The planes of an RGBA picture of about 160 pixels, the size that the rules assume. */
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
