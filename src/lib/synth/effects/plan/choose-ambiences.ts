import type { Layer } from '#lib/job/score.ts';
import { clamp } from '../../dsp/maths.ts';
import { findSound } from '../sounds.ts';
import type { AmbienceCandidate } from './candidate.ts';

const MAX_AMBIENCES = 3;
/** Each ambience after the first is this much quieter, so that one of them leads. */
const STEP_BACK_DB = 3.5;
/** Ambiences of one sound with a gap up to this become one. */
const CLOSE_GAP_SECONDS = 2;

/**
 * Chooses at most three ambiences at any time and one of each family, by descending weight.
 * @param others Ambiences that play anyway: they count, and what sounds like one of them is left out.
 */
export function chooseAmbiences(
  candidates: readonly AmbienceCandidate[],
  others: readonly Layer[] = [],
): Layer[] {
  const known = merged(candidates.filter((candidate) => findSound(candidate.recipe)?.kind === 'ambience'));
  const hasOutdoors = known.some((candidate) => findSound(candidate.recipe)?.place === 'open');
  const chosen: AmbienceCandidate[] = [];
  for (const candidate of known.sort((a, b) => b.weight - a.weight)) {
    if (candidate.recipe === 'room-tone' && hasOutdoors) continue;
    const family = findSound(candidate.recipe)?.family;
    const together = chosen.filter((other) => overlap(other, candidate));
    const beside = others.filter((other) => overlap(other, candidate));
    if (together.length + beside.length >= MAX_AMBIENCES) continue;
    if (together.some((other) => findSound(other.recipe)?.family === family)) continue;
    if (beside.some((other) => other.recipe === candidate.recipe)) continue;
    const ahead = together.filter((other) => other.weight >= candidate.weight);
    chosen.push({ ...candidate, gainDb: candidate.gainDb - STEP_BACK_DB * ahead.length });
  }
  const counts = new Map(others.map((layer) => [layer.recipe, (layer.variation ?? 0) + 1]));
  return chosen
    .sort((a, b) => a.startSeconds - b.startSeconds)
    .map(({ weight: _, ...ambience }) => {
      const variation = counts.get(ambience.recipe) ?? 0;
      counts.set(ambience.recipe, variation + 1);
      return { ...ambience, gainDb: clamp(ambience.gainDb, -40, 6), isMuted: false, variation };
    });
}

type Span = Pick<Layer, 'startSeconds' | 'endSeconds'>;

function overlap(a: Span, b: Span): boolean {
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
    const endSeconds = Math.max(same.endSeconds, candidate.endSeconds);
    const { startSeconds } = same;
    if (candidate.weight > same.weight) Object.assign(same, candidate);
    Object.assign(same, { startSeconds, endSeconds });
  }
  return result;
}
