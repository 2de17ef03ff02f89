import type { Boundary, Scene, ScenesOptions, ScenesOutput } from '#lib/job/entries/scenes.ts';
import type { LengthOutput } from '#lib/job/entries/length.ts';
import { sceneId } from '#lib/job/scene-id.ts';
import { scenesInSource } from '#lib/job/scene-span.ts';
import type { MotionOnset } from '#lib/job/score.ts';
import { divide, editBoundaries, lookAlikes } from '#lib/media/scenes/divide.ts';
import type { CutScores } from '#lib/media/scenes/cut-scores.ts';
import { findBoundaries } from '#lib/media/scenes/find-boundaries.ts';
import { motionOnsets } from '#lib/media/scenes/motion-onsets.ts';
import { networkBoundaries } from '#lib/media/scenes/network-boundaries.ts';
import type { Watched } from '#lib/media/watch/watched.ts';

/** The most onsets that are kept: the strongest ones. */
const MOST_ONSETS = 1000;

/**
 * The scenes of a film; without anything watched, as of a photo, only the user's boundaries divide it.
 * @param scores What the network said, where it finds the boundaries; without it the rules of `auto` stand in.
 */
export function findScenes(
  watched: Watched | null,
  length: LengthOutput,
  { detector, sensitivity, leastSeconds, added, removed }: Omit<ScenesOptions, 'device'>,
  scores: CutScores | null = null,
): ScenesOutput {
  const { startSeconds, durationSeconds } = length;
  const inFilm = <T extends { atSeconds: number }>(one: T): T => ({
    ...one,
    atSeconds: notAfter(one.atSeconds - startSeconds),
  });
  const isInside = ({ atSeconds }: { atSeconds: number }) => atSeconds > 0 && atSeconds < durationSeconds;
  const rules = detector === 'network' ? 'auto' : detector;
  const found = scores
    ? networkBoundaries(scores, sensitivity)
    : watched
      ? findBoundaries(watched, rules, sensitivity)
      : [];
  const boundaries: Boundary[] = editBoundaries(found.map(inFilm), added, removed).filter(isInside);
  const stretches = divide(0, durationSeconds, boundaries, leastSeconds);
  const likes = watched ? lookAlikes(watched, scenesInSource(stretches, length)) : [];
  const ids = stretches.map((one) => sceneId(one.startSeconds));
  const scenes = stretches.map((stretch, at): Scene => ({
    id: ids[at]!,
    ...stretch,
    like: ids[likes[at] ?? -1] ?? null,
  }));
  const cuts = boundaries.map(({ atSeconds }) => atSeconds + startSeconds);
  const onsets = watched ? strongest(motionOnsets(watched, cuts).map(inFilm)) : [];
  return { boundaries, scenes, onsets };
}

function strongest(onsets: readonly MotionOnset[]): MotionOnset[] {
  const least = onsets.map(({ strength }) => strength).sort((a, b) => b - a)[MOST_ONSETS] ?? -1;
  return onsets
    .filter(({ strength, atSeconds }) => strength > least && atSeconds >= 0)
    .map(({ atSeconds, ...one }) => ({
      atSeconds,
      strength: rounded(one.strength),
      x: rounded(one.x),
      y: rounded(one.y),
    }));
}

/** To a tenth of a millisecond, and never after the first picture of a shot: it belongs to the scene that begins there. */
function notAfter(seconds: number): number {
  return Math.max(0, Math.floor(seconds * 1e4 - 0.5)) / 1e4;
}

/** To a tenth of a millisecond: less than any picture lasts. */
function rounded(value: number): number {
  return Math.round(value * 1e4) / 1e4;
}
