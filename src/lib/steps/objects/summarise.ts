import type { Box, Label } from '#lib/job/entries/objects.ts';

/** The boxes of one frame and its time. */
export interface SeenFrame {
  atSeconds: number;
  boxes: readonly Box[];
}

/** One sight of a thing is enough from this score on; below, it has to be seen again. */
const SURE_ONCE = 0.65;
/** The score from which on a frame counts for seeing a thing again. */
const SURE_AGAIN = 0.4;
/** In a single picture nothing can be seen again. */
const SURE_IN_PICTURE = 0.45;

/**
 * Summarises the boxes of all frames by label: how many frames, first and last time, and mean position. A label has to be
 * in more than one frame, or very sure: detectors err now and then, but seldom twice in the same way.
 * The most frequent first, equally frequent ones by name.
 * @param removed Labels to leave out.
 */
export function summarise(frames: readonly SeenFrame[], removed: readonly string[] = []): Label[] {
  const byLabel = new Map<string, { atSeconds: number; box: Box }[]>();
  for (const { atSeconds, boxes } of frames) {
    for (const box of boxes) {
      if (removed.includes(box.label)) continue;
      byLabel.set(box.label, [...(byLabel.get(box.label) ?? []), { atSeconds, box }]);
    }
  }
  const certain = [...byLabel].filter(([, seen]) => isCertain(seen, frames.length));
  const labels = certain.map(([label, seen]) => {
    const times = seen.map(({ atSeconds }) => atSeconds);
    const mean = (side: 'x' | 'y' | 'width' | 'height') =>
      seen.reduce((sum, { box }) => sum + box[side], 0) / seen.length;
    return {
      label,
      count: new Set(times).size,
      score: Math.max(...seen.map(({ box }) => box.score)),
      firstSeconds: Math.min(...times),
      lastSeconds: Math.max(...times),
      x: mean('x'),
      y: mean('y'),
      width: mean('width'),
      height: mean('height'),
    };
  });
  return labels.sort((a, b) => b.count - a.count || (a.label < b.label ? -1 : 1));
}

function isCertain(seen: readonly { atSeconds: number; box: Box }[], frameCount: number): boolean {
  const best = Math.max(...seen.map(({ box }) => box.score));
  if (frameCount === 1) return best >= SURE_IN_PICTURE;
  const again = seen.filter(({ box }) => box.score >= SURE_AGAIN);
  return best >= SURE_ONCE || new Set(again.map(({ atSeconds }) => atSeconds)).size > 1;
}
