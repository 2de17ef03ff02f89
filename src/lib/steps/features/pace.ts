import type { FrameFeatures } from '#lib/job/entries/features.ts';
import { mean } from '#lib/media/pixels/statistics.ts';

/** How lively a clip is: mean motion, 0 … 1, and cuts per minute. */
export interface Pace {
  motion: number;
  cutsPerMinute: number;
}

/**
 * The pace of a clip, or null for a picture or a single frame. Motion is measured within shots and between frames that
 * show something, if there are any.
 */
export function paceOf(
  frames: readonly FrameFeatures[],
  isBlank: readonly boolean[],
  cutCount: number,
  durationSeconds: number | null,
): Pace | null {
  if (!durationSeconds || frames.length < 2) return null;
  const changes = frames.slice(1);
  const shown = orElse(
    changes.filter((_, i) => !isBlank[i] && !isBlank[i + 1]),
    changes,
  );
  const withinShots = orElse(
    shown.filter(({ cutLikelihood }) => cutLikelihood < 0.5),
    shown,
  );
  return {
    motion: mean(withinShots.map(({ motion }) => motion)),
    cutsPerMinute: (60 * cutCount) / durationSeconds,
  };
}

function orElse<T>(some: readonly T[], others: readonly T[]): readonly T[] {
  return some.length ? some : others;
}
