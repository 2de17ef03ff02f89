import type { Layer } from '#lib/job/score.ts';
import { clamp } from '../../dsp/maths.ts';
import { findSound } from '../sounds.ts';
import type { AmbienceCandidate } from './candidate.ts';

const MAX_AMBIENCES = 3;
/** Each ambience after the first is this much quieter, so that one of them leads. */
const STEP_BACK_DB = 3.5;
/** Ambiences of one sound with a gap up to this become one. */
const CLOSE_GAP_SECONDS = 2;

/** Chooses at most three ambiences at any time and one of each family, by descending weight. */
export function chooseAmbiences(candidates: readonly AmbienceCandidate[]): Layer[] {
  const known = merged(candidates.filter((candidate) => findSound(candidate.recipe)?.kind === 'ambience'));
  const hasOutdoors = known.some((candidate) => findSound(candidate.recipe)?.place === 'open');
  const chosen: AmbienceCandidate[] = [];
  for (const candidate of known.sort((a, b) => b.weight - a.weight)) {
    if (candidate.recipe === 'room-tone' && hasOutdoors) continue;
    const family = findSound(candidate.recipe)?.family;
    const together = chosen.filter((other) => overlap(other, candidate));
    if (together.length >= MAX_AMBIENCES) continue;
    if (together.some((other) => findSound(other.recipe)?.family === family)) continue;
    chosen.push({ ...candidate, gainDb: candidate.gainDb - STEP_BACK_DB * together.length });
  }
  const counts = new Map<string, number>();
  return chosen
    .sort((a, b) => a.startSeconds - b.startSeconds)
    .map(({ weight: _, ...ambience }) => {
      const variation = counts.get(ambience.recipe) ?? 0;
      counts.set(ambience.recipe, variation + 1);
      return { ...ambience, gainDb: clamp(ambience.gainDb, -40, 6), isMuted: false, variation };
    });
}

function overlap(a: AmbienceCandidate, b: AmbienceCandidate): boolean {
  return a.startSeconds < b.endSeconds && b.startSeconds < a.endSeconds;
}

/** Joins ambiences of the same sound that touch or nearly do: the object was out of sight for a moment. */
function merged(candidates: readonly AmbienceCandidate[]): AmbienceCandidate[] {
  const result: AmbienceCandidate[] = [];
  for (const candidate of [...candidates].sort((a, b) => a.startSeconds - b.startSeconds)) {
    const same = result.find(
      (other) =>
        other.recipe === candidate.recipe && candidate.startSeconds <= other.endSeconds + CLOSE_GAP_SECONDS,
    );
    if (!same) {
      result.push({ ...candidate });
      continue;
    }
    same.endSeconds = Math.max(same.endSeconds, candidate.endSeconds);
    if (candidate.weight > same.weight) {
      const { startSeconds, endSeconds } = same;
      Object.assign(same, candidate, { startSeconds, endSeconds });
    }
  }
  return result;
}
