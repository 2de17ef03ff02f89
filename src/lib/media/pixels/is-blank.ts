import type { LabImage } from './lab-image.ts';
import { deviation, mean } from './statistics.ts';

/** Below this mean L* a picture looks black, as in a fade. */
const BLACK = 4;
/** Less deviation than this in every coordinate is one flat tone: about the just noticeable difference. */
const FLAT = 2;

/** Whether a picture shows nothing: it is nearly black, or of one flat tone. */
export function isBlank({ lightness, a, b }: LabImage): boolean {
  return mean(lightness) < BLACK || [lightness, a, b].every((plane) => deviation(plane) < FLAT);
}
