import type { Layer, Score, SoundEvent, SoundtrackRequest } from '#lib/job/score.ts';
import type { Suggestion } from '#lib/job/suggestion.ts';
import { clamp } from '../dsp/maths.ts';
import type { ObjectTrack } from '../evidence/object-track.ts';
import { placeInWords } from '../evidence/places.ts';
import type { SeenScene } from '../evidence/sight.ts';
import { COCO_LABELS } from '../words/coco-labels.ts';
import { usualSounds } from './plan/usual-sounds.ts';
import { planWithOffers } from './plan-effects.ts';
import { findSound } from './sounds.ts';

/** What may be seen is suggested from this certainty on; from 0.5 on it is heard anyway. */
const LEAST_CERTAINTY = 0.15;
/** A place is taken for granted from this certainty on. */
const SURE_PLACE = 0.35;
const MOST_OF_SCENE = 4;
const USUAL_LAYER_DB = -12;
const USUAL_EVENT_DB = -8;
const FADE_SECONDS = 0.6;
/** Ambiences cross over around a cut for less than this. */
const CROSSING_SECONDS = 0.5;

/**
 * What could be added to the effects of a score, scene by scene: plain air that nobody asked for, things that may be
 * seen, and sounds that are usual at the place; most certain first, at most four for a scene. What the negative words
 * exclude, and what is heard in the scene already, is left out.
 */
export function suggestEffects(request: SoundtrackRequest, score: Score): Suggestion[] {
  const { offers, sight, isExcluded } = planWithOffers(request);
  return sight.scenes.flatMap((scene) => {
    // A screen or a title shows pictures of things, not things.
    if (scene.place.place.day === null) return [];
    const heard = new Set(
      [
        ...score.layers.filter((layer) => isOver(scene, layer)),
        ...score.events.filter(({ atSeconds }) => overlaps(scene, atSeconds, atSeconds + 0.01)),
      ].map(({ recipe }) => recipe),
    );
    const found = [...airOf(scene, offers), ...unsureOf(scene), ...usualOf(scene)].filter((each) => {
      const { recipe } = (each.layer ?? each.event)!;
      if (heard.has(recipe) || isExcluded(recipe)) return false;
      heard.add(recipe);
      return true;
    });
    return found.slice(0, MOST_OF_SCENE);
  });
}

function overlaps(scene: SeenScene, startSeconds: number, endSeconds: number): boolean {
  return startSeconds < scene.endSeconds && endSeconds > scene.startSeconds;
}

/** Whether a layer is heard in a scene, and not only crosses over from the one beside it. */
function isOver(scene: SeenScene, { startSeconds, endSeconds }: Layer): boolean {
  return overlaps(scene, startSeconds + CROSSING_SECONDS, endSeconds - CROSSING_SECONDS);
}

function airOf(scene: SeenScene, offers: readonly Layer[]): Suggestion[] {
  return offers
    .filter((layer) => isOver(scene, layer))
    .slice(0, 1)
    .map((layer) => {
      const startSeconds = Math.max(layer.startSeconds, scene.startSeconds);
      const endSeconds = Math.min(layer.endSeconds, scene.endSeconds);
      return suggestion(scene, 'air', layer.because, { ...layer, startSeconds, endSeconds });
    });
}

/** Things that the detector is not sure of, each label once. */
function unsureOf(scene: SeenScene): Suggestion[] {
  const doubtful = scene.tracks
    .filter(({ evidence }) => !evidence.isHeard && evidence.certainty >= LEAST_CERTAINTY)
    .sort((a, b) => b.evidence.certainty - a.evidence.certainty);
  const labels = new Set<string>();
  return doubtful.flatMap((track) => {
    const { ambience, oneShot, gainDb } = COCO_LABELS[track.label]!;
    const recipe = oneShot ?? ambience;
    const isHeard = scene.tracks.some((each) => each.label === track.label && each.evidence.isHeard);
    if (!recipe || isHeard || labels.has(track.label)) return [];
    labels.add(track.label);
    return [suggestion(scene, 'unsure', track.label, soundOf(scene, recipe, gainDb - 3, track.label, track))];
  });
}

function usualOf(scene: SeenScene): Suggestion[] {
  const { name, certainty, isNight } = scene.place;
  if (certainty < SURE_PLACE && name !== 'outdoors') return [];
  const because = placeInWords(name);
  return usualSounds(name, isNight).flatMap((recipe, rank) => {
    const kind = findSound(recipe)?.kind;
    if (!kind) return [];
    const gainDb = kind === 'ambience' ? USUAL_LAYER_DB : USUAL_EVENT_DB;
    return [suggestion(scene, 'usual', because, soundOf(scene, recipe, gainDb, because, null, rank))];
  });
}

/** A sound in a scene: where the thing is seen, else an ambience all along or an event at a third of it. */
function soundOf(
  scene: SeenScene,
  recipe: string,
  gainDb: number,
  because: string,
  track: ObjectTrack | null,
  rank = 0,
): Layer | SoundEvent {
  const sound = findSound(recipe)!;
  const from = Math.max(scene.startSeconds, track?.startSeconds ?? 0);
  const to = Math.min(scene.endSeconds, track?.endSeconds ?? Infinity);
  const common = {
    ...{ recipe, because, gainDb: clamp(gainDb, -40, 6), distance: track?.distance ?? 0.3, intensity: 0.5 },
    ...{ isMuted: false, variation: 0, from: 'picture' as const },
  };
  if (sound.kind === 'ambience') {
    const fade = Math.min(FADE_SECONDS, (to - from) / 2);
    const pan = track ? track.panAt((from + to) / 2) * 0.8 : 0;
    const span = { startSeconds: from, endSeconds: to, fadeInSeconds: fade, fadeOutSeconds: fade };
    return { ...common, ...span, pan };
  }
  // Several of a scene don't come at the same time.
  const share = track ? 0.1 : [0.3, 0.6, 0.15, 0.8][rank % 4]!;
  const atSeconds = from + share * (to - from);
  const [pan, panTo] = track
    ? [track.panAt(atSeconds), track.panAt(Math.min(to, atSeconds + sound.seconds))]
    : [0.25, 0.25];
  return { ...common, atSeconds, durationSeconds: sound.seconds, pan, panTo, untilSeconds: scene.endSeconds };
}

function suggestion(
  { index, startSeconds, endSeconds }: SeenScene,
  reason: Suggestion['reason'],
  because: string,
  sound: Layer | SoundEvent,
): Suggestion {
  return {
    id: `${index}-${reason}-${sound.recipe}`,
    ...{ startSeconds, endSeconds, reason, because },
    layer: 'startSeconds' in sound ? sound : null,
    event: 'startSeconds' in sound ? null : sound,
  };
}
