import type { Layer, SoundEvent } from '#lib/job/score.ts';
import { clamp } from '../../dsp/maths.ts';
import { findSound } from '../sounds.ts';
import type { OneShotCandidate, Occurrence } from './candidate.ts';

const MAX_KINDS = 4;
/** One-shots that begin less than this after each other would mask each other. */
const MIN_GAP_SECONDS = 0.7;
/** Sounds of one kind that begin within this are one. */
const SAME_SECONDS = 0.12;
/** A one-shot needs this much of its scene, and may last this much longer. */
const LEAST_IN_SCENE_SECONDS = 0.4;
const AFTER_SCENE_SECONDS = 0.3;
/** A one-shot is at least this much louder than the ambience that plays with it, dB. */
const ABOVE_AMBIENCE_DB = 1;
/** One-shots of things that are seen are this much quieter than nominal: they lie between ambience and music. */
const SEEN_DB = 3;
/** Ambiences are brought to -20 LUFS, one-shots to -18. */
const NOMINAL_DB = 2;

/**
 * Chooses at most four kinds of one-shots and spaces them out: an occurrence that isn't tied to the picture is moved
 * until the gap after the one before it is long enough. None outlives its scene.
 * @param layers The ambiences that play with them: a one-shot is not quieter.
 */
export function placeOneShots(
  candidates: readonly OneShotCandidate[],
  durationSeconds: number,
  layers: readonly Layer[] = [],
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
    const latest = Math.min(durationSeconds - 0.1, occurrence.sceneEndSeconds - leastInScene(occurrence));
    if (atSeconds >= latest) continue;
    if (placed.some((other) => isTwice(other, candidate.recipe, atSeconds))) continue;
    const variation = counts.get(candidate.recipe) ?? 0;
    counts.set(candidate.recipe, variation + 1);
    placed.push(eventFrom(candidate, { ...occurrence, atSeconds }, variation, durationSeconds, layers));
    free = Math.max(free, atSeconds + MIN_GAP_SECONDS);
  }
  return placed.sort((a, b) => a.atSeconds - b.atSeconds);
}

/** One hit that two things were planned for sounds once. */
function isTwice(other: SoundEvent, recipe: string, atSeconds: number): boolean {
  return other.recipe === recipe && Math.abs(other.atSeconds - atSeconds) < SAME_SECONDS;
}

function leastInScene({ isTied }: Occurrence): number {
  return isTied ? 0.05 : LEAST_IN_SCENE_SECONDS;
}

function eventFrom(
  candidate: OneShotCandidate,
  occurrence: Occurrence,
  variation: number,
  filmSeconds: number,
  layers: readonly Layer[],
): SoundEvent {
  const sound = findSound(candidate.recipe);
  const usual = sound?.kind === 'oneShot' ? sound.seconds : 1;
  const { atSeconds, distance } = occurrence;
  const durationSeconds = occurrence.durationSeconds || usual;
  const until = occurrence.sceneEndSeconds + AFTER_SCENE_SECONDS;
  const isCut = occurrence.sceneEndSeconds < filmSeconds && atSeconds + durationSeconds > until;
  const ambience = Math.max(
    -40,
    ...layers
      .filter((layer) => layer.startSeconds <= atSeconds && layer.endSeconds > atSeconds)
      .map((layer) => layer.gainDb - 18 * layer.distance),
  );
  // What the user asked for is heard as it was asked for.
  const level = candidate.from === 'picture' ? SEEN_DB : 0;
  const leastDb = ambience + ABOVE_AMBIENCE_DB - NOMINAL_DB + 18 * distance;
  return {
    recipe: candidate.recipe,
    atSeconds,
    durationSeconds,
    gainDb: clamp(Math.max(occurrence.gainDb - level, leastDb), -40, 6),
    pan: occurrence.pan,
    panTo: occurrence.panTo,
    distance,
    intensity: occurrence.intensity,
    variation,
    isMuted: false,
    ...(isCut && { untilSeconds: until }),
    because: candidate.because,
    from: candidate.from,
  };
}
