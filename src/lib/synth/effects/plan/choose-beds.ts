import type { Layer } from '#lib/job/score.ts';
import { clamp } from '../../dsp/maths.ts';
import { findRecipe } from '../recipes.ts';
import type { BedIdea } from './idea.ts';

const MOST_BEDS = 3;
/** Beds behind the first stand back so that one leads. */
const STEP_BACK_DB = 3.5;
/** Beds this long apart are one. */
const CLOSE_GAP_SECONDS = 2;

/** Chooses at most three beds at any time and one of each family, the weightiest first. */
export function chooseBeds(ideas: readonly BedIdea[]): Layer[] {
  const known = merged(ideas.filter((idea) => findRecipe(idea.recipe)?.kind === 'bed'));
  const hasOutdoors = known.some((idea) => findRecipe(idea.recipe)?.place === 'open');
  const chosen: BedIdea[] = [];
  for (const idea of known.sort((a, b) => b.weight - a.weight)) {
    if (idea.recipe === 'room-tone' && hasOutdoors) continue;
    const family = findRecipe(idea.recipe)?.family;
    const together = chosen.filter((other) => overlap(other, idea));
    if (together.length >= MOST_BEDS) continue;
    if (together.some((other) => findRecipe(other.recipe)?.family === family)) continue;
    chosen.push({ ...idea, gainDb: idea.gainDb - STEP_BACK_DB * together.length });
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

function overlap(a: BedIdea, b: BedIdea): boolean {
  return a.startSeconds < b.endSeconds && b.startSeconds < a.endSeconds;
}

/** Joins beds of the same recipe that touch: the thing went out of sight for a moment. */
function merged(ideas: readonly BedIdea[]): BedIdea[] {
  const result: BedIdea[] = [];
  for (const idea of [...ideas].sort((a, b) => a.startSeconds - b.startSeconds)) {
    const same = result.find(
      (other) => other.recipe === idea.recipe && idea.startSeconds <= other.endSeconds + CLOSE_GAP_SECONDS,
    );
    if (!same) {
      result.push({ ...idea });
      continue;
    }
    same.endSeconds = Math.max(same.endSeconds, idea.endSeconds);
    if (idea.weight > same.weight) {
      const { startSeconds, endSeconds } = same;
      Object.assign(same, idea, { startSeconds, endSeconds });
    }
  }
  return result;
}
