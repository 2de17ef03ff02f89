import type { Box, Label } from '#lib/job/entries/objects.ts';

/** The boxes of one frame and its time. */
export interface SeenFrame {
  atSeconds: number;
  boxes: readonly Box[];
}

/**
 * Summarises the boxes of all frames by label: how many frames, first and last time, and mean position.
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
  const labels = [...byLabel].map(([label, seen]) => {
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
