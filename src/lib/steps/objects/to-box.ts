import type { Box } from '#lib/job/entries/objects.ts';
import type { Detection } from './detection.ts';
import type { Letterbox } from './letterbox.ts';

/**
 * A detection in fractions of the picture, 0 … 1, without the letterbox and clipped to the frame.
 * null when it lies outside.
 */
export function toBox(found: Detection, fit: Letterbox, labels: readonly string[]): Box | null {
  const left = part(found.left, fit.left, fit.width);
  const right = part(found.right, fit.left, fit.width);
  const top = part(found.top, fit.top, fit.height);
  const bottom = part(found.bottom, fit.top, fit.height);
  // Also false for NaN.
  if (!(right > left && bottom > top)) return null;
  return {
    label: labels[found.classIndex] ?? `class ${found.classIndex}`,
    score: Math.min(1, found.score),
    x: left,
    y: top,
    width: right - left,
    height: bottom - top,
    ...(found.rival && {
      rival: { label: labels[found.rival.classIndex] ?? '', score: Math.min(1, found.rival.score) },
    }),
  };
}

function part(pixels: number, start: number, length: number): number {
  return Math.min(1, Math.max(0, (pixels - start) / length));
}
