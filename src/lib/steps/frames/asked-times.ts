/** Number of frames that represent a clip: max(1, round(k · log10(seconds))). */
export function frameCount(seconds: number, k: number): number {
  return Math.max(1, Math.round(k * Math.log10(seconds)));
}

/** The centres of `count` equal parts of a clip that starts at `start` and lasts `duration` (seconds). */
export function askedTimes(start: number, duration: number, count: number): number[] {
  return Array.from({ length: count }, (_, index) => start + ((index + 0.5) * duration) / count);
}
