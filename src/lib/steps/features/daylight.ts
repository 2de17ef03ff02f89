import { smoothstep } from '#lib/media/pixels/statistics.ts';

/** 0 night … 1 day, from the mean brightness (L* / 100): night scenes are exposed below 0.15, day scenes above 0.4. */
export function daylight(brightness: number): number {
  return smoothstep(0.12, 0.4, brightness);
}
