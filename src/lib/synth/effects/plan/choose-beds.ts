import type { Layer } from '#lib/job/score.ts';
import { clamp } from '../../dsp/maths.ts';
import { findRecipe } from '../recipes.ts';
import type { BedCandidate } from './candidate.ts';

const MOST_BEDS = 3;
/** Beds behind the first stand back so that one leads. */
const STEP_BACK_DB = 3.5;
/** Beds this long apart are one. */
const CLOSE_GAP_SECONDS = 2;

/** Chooses at most three beds at any time and one of each family, the weightiest first. */
export function chooseBeds(candidates: readonly BedCandidate[]): Layer[] {
  const known = merged(candidates.filter((candidate) => findRecipe(candidate.recipe)?.kind === 'bed'));
  const hasOutdoors = known.some((candidate) => findRecipe(candidate.recipe)?.place === 'open');
  const chosen: BedCandidate[] = [];
  for (const candidate of known.sort((a, b) => b.weight - a.weight)) {
    if (candidate.recipe === 'room-tone' && hasOutdoors) continue;
    const family = findRecipe(candidate.recipe)?.family;
    const together = chosen.filter((other) => overlap(other, candidate));
    if (together.length >= MOST_BEDS) continue;
    if (together.some((other) => findRecipe(other.recipe)?.family === family)) continue;
    chosen.push({ ...candidate, gainDb: candidate.gainDb - STEP_BACK_DB * together.length });
  }
  const counts = new Map<string, number>();
  return chosen
    .sort((a, b) => a.startSeconds - b.startSeconds)
    .map(({ weight: _, ...bed }) => {
      const variation = counts.get(bed.recipe) ?? 0;
      counts.set(bed.recipe, variation + 1);
      return { ...bed, gainDb: clamp(bed.gainDb, -40, 6), isMuted: false, variation };
    });
}

function overlap(a: BedCandidate, b: BedCandidate): boolean {
  return a.startSeconds < b.endSeconds && b.startSeconds < a.endSeconds;
}

/** Joins beds of the same recipe that touch: the thing went out of sight for a moment. */
function merged(candidates: readonly BedCandidate[]): BedCandidate[] {
  const result: BedCandidate[] = [];
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
