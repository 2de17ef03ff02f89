/** Distances between the lines of a ruler, seconds. */
const STEPS = [0.1, 0.2, 0.5, 1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 1800];

/** The smallest usual step whose lines are at least `leastPixels` apart. */
export function tickStep(pixelsPerSecond: number, leastPixels: number): number {
  return STEPS.find((step) => step * pixelsPerSecond >= leastPixels) ?? STEPS.at(-1)!;
}

/** The times of the lines in a stretch, ends included. */
export function ticksBetween(from: number, to: number, step: number): number[] {
  const first = Math.ceil(from / step - 1e-9);
  const count = Math.max(0, Math.floor(to / step + 1e-9) - first + 1);
  return Array.from({ length: count }, (_, k) => Math.round((first + k) * step * 1000) / 1000);
}
