import type { SoundEvent } from '#lib/job/score.ts';
import { clamp } from '../../dsp/maths.ts';
import { findSound } from '../sounds.ts';
import type { OneShotCandidate, Occurrence } from './candidate.ts';

const MAX_KINDS = 4;
/** One-shots that begin less than this after each other would mask each other. */
const MIN_GAP_SECONDS = 0.7;

/**
 * Chooses at most four kinds of one-shots and spaces them out: an occurrence that isn't tied to the picture is moved
 * until the gap after the one before it is long enough.
 */
export function placeOneShots(
  candidates: readonly OneShotCandidate[],
  durationSeconds: number,
): SoundEvent[] {
  const kinds = [...candidates]
    .filter(
      (candidate) => candidate.occurrences.length > 0 && findSound(candidate.recipe)?.kind === 'oneShot',
    )
    .sort((a, b) => b.weight - a.weight)
    .slice(0, MAX_KINDS);
  const all = kinds
    .flatMap((candidate) => candidate.occurrences.map((occurrence) => ({ candidate, occurrence })))
    .sort((a, b) => a.occurrence.atSeconds - b.occurrence.atSeconds);
  const placed: SoundEvent[] = [];
  const counts = new Map<string, number>();
  let free = 0;
  for (const { candidate, occurrence } of all) {
    const atSeconds = occurrence.isTied ? occurrence.atSeconds : Math.max(occurrence.atSeconds, free);
    if (atSeconds >= durationSeconds - 0.1) continue;
    const variation = counts.get(candidate.recipe) ?? 0;
    counts.set(candidate.recipe, variation + 1);
    placed.push(eventFrom(candidate, occurrence, atSeconds, variation));
    free = Math.max(free, atSeconds + MIN_GAP_SECONDS);
  }
  return placed.sort((a, b) => a.atSeconds - b.atSeconds);
}

function eventFrom(
  candidate: OneShotCandidate,
  occurrence: Occurrence,
  atSeconds: number,
  variation: number,
): SoundEvent {
  const sound = findSound(candidate.recipe);
  const usual = sound?.kind === 'oneShot' ? sound.seconds : 1;
  return {
    recipe: candidate.recipe,
    atSeconds,
    durationSeconds: occurrence.durationSeconds || usual,
    gainDb: clamp(occurrence.gainDb, -40, 6),
    pan: occurrence.pan,
    panTo: occurrence.panTo,
    distance: occurrence.distance,
    intensity: occurrence.intensity,
    variation,
    isMuted: false,
    because: candidate.because,
  };
}
