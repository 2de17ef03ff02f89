import type { SoundEvent } from '#lib/job/score.ts';
import { clamp } from '../../dsp/maths.ts';
import { findRecipe } from '../recipes.ts';
import type { EventCandidate, EventMoment } from './candidate.ts';

const MOST_KINDS = 4;
/** Two sounds in the foreground within this time would cover each other. */
const ROOM_SECONDS = 0.7;

/** Chooses at most four kinds of events and lets one speak at a time: what isn't tied to the picture makes way. */
export function placeEvents(candidates: readonly EventCandidate[], durationSeconds: number): SoundEvent[] {
  const kinds = [...candidates]
    .filter((candidate) => candidate.moments.length > 0 && findRecipe(candidate.recipe)?.kind === 'event')
    .sort((a, b) => b.weight - a.weight)
    .slice(0, MOST_KINDS);
  const all = kinds
    .flatMap((candidate) => candidate.moments.map((moment) => ({ candidate, moment })))
    .sort((a, b) => a.moment.atSeconds - b.moment.atSeconds);
  const placed: SoundEvent[] = [];
  const counts = new Map<string, number>();
  let free = 0;
  for (const { candidate, moment } of all) {
    const atSeconds = moment.isTied ? moment.atSeconds : Math.max(moment.atSeconds, free);
    if (atSeconds >= durationSeconds - 0.1) continue;
    const variation = counts.get(candidate.recipe) ?? 0;
    counts.set(candidate.recipe, variation + 1);
    placed.push(eventFrom(candidate, moment, atSeconds, variation));
    free = Math.max(free, atSeconds + ROOM_SECONDS);
  }
  return placed.sort((a, b) => a.atSeconds - b.atSeconds);
}

function eventFrom(
  candidate: EventCandidate,
  moment: EventMoment,
  atSeconds: number,
  variation: number,
): SoundEvent {
  const recipe = findRecipe(candidate.recipe);
  const usual = recipe?.kind === 'event' ? recipe.seconds : 1;
  return {
    recipe: candidate.recipe,
    atSeconds,
    durationSeconds: moment.durationSeconds || usual,
    gainDb: clamp(moment.gainDb, -40, 6),
    pan: moment.pan,
    panTo: moment.panTo,
    distance: moment.distance,
    intensity: moment.intensity,
    variation,
    isMuted: false,
    because: candidate.because,
  };
}
