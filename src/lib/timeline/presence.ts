/** A stretch in which something is present. */
export interface Stretch {
  startSeconds: number;
  endSeconds: number;
}

/** Gaps up to this long do not end a stretch, as those between words. */
const GAP_SECONDS = 0.5;

/** The stretches in which values, one per step, are at least `least`. */
export function stretchesAbove(values: readonly number[], stepSeconds: number, least: number): Stretch[] {
  const stretches: Stretch[] = [];
  for (const [index, value] of values.entries()) {
    if (value < least) continue;
    const startSeconds = index * stepSeconds;
    const last = stretches.at(-1);
    if (last && startSeconds - last.endSeconds <= GAP_SECONDS) last.endSeconds = startSeconds + stepSeconds;
    else stretches.push({ startSeconds, endSeconds: startSeconds + stepSeconds });
  }
  return stretches;
}
