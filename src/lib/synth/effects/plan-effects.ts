import type { Layer, Score, SoundtrackRequest } from '#lib/job/score.ts';
import { isOverlapping } from '#lib/job/subject.ts';
import { readWords, type SoundMention } from '../words/read-words.ts';
import { sightOf, type SeenScene, type Sight } from '../evidence/sight.ts';
import { ambiencesOfPlaces } from './plan/ambiences-of-places.ts';
import { firesIn } from './plan/fires.ts';
import { candidatesFromMood, stillRoom } from './plan/candidates-from-mood.ts';
import { candidatesFromText, type Stretch } from './plan/candidates-from-text.ts';
import { candidatesFromTracks } from './plan/candidates-from-tracks.ts';
import { chooseAmbiences } from './plan/choose-ambiences.ts';
import { disambiguate } from './plan/disambiguate.ts';
import { exclusionsOf } from './plan/negative-words.ts';
import { placeOneShots } from './plan/place-one-shots.ts';
import { staggered } from './plan/stagger.ts';

/** The fields of a score that describe the effects. */
export type EffectsPlan = Pick<Score, 'layers' | 'events' | 'unknownWords'>;

/** What is offered beside a plan, and what it was planned from. */
export interface EffectsOffer {
  plan: EffectsPlan;
  /** Ambiences that nobody asked for and that nothing in the picture speaks for. */
  offers: Layer[];
  sight: Sight;
  isExcluded: (recipe: string) => boolean;
}

/** Ambiences that say nothing about a place: where the user asked for other sounds, they are offered only. */
const PLAIN_AIR = ['breeze', 'room-tone'];
/** Under sounds that the user asked for, the ambience of the place is this much quieter. */
const BEHIND_WORDS_DB = 4;

/**
 * Plans the effects from the user's words and from what is seen. Exactly one ambience, that of the place, plays at any
 * time, unless the words ask for another one; things add at most three ambiences of different families, and four kinds of
 * one-shots. Where the user asked for sounds, plain air is not added. The negative prompt excludes sounds. A request for
 * music only gets an empty plan.
 */
export function planEffects(request: SoundtrackRequest): EffectsPlan {
  if (request.kind === 'music') return { layers: [], events: [], unknownWords: [] };
  return planWithOffers(request).plan;
}

/** The plan of the effects, and the ambiences that are not in it because the user asked for other sounds. */
export function planWithOffers(request: SoundtrackRequest): EffectsOffer {
  const sight = sightOf(request);
  const words = readOwnWords(request, sight);
  const isExcluded = exclusionsOf(request.negativePrompt, words.excluded);
  const isAllowed = ({ recipe }: { recipe: string }) => !isExcluded(recipe);
  const asked = words.stretches.map(({ mentions, stretch }) => ({
    stretch,
    ...candidatesFromText(mentions.filter(isAllowed), request, stretch),
  }));
  const seen = candidatesFromTracks(sight, request);
  const askedAmbiences = asked.flatMap(({ ambiences }) => ambiences);
  const askedOneShots = asked.flatMap(({ oneShots }) => oneShots);
  // A word for something that is seen and heard already adds nothing.
  const seenSounds = new Set([...seen.ambiences, ...seen.oneShots].map(({ recipe }) => recipe));
  const layersOfWords = chooseAmbiences(askedAmbiences.filter(({ recipe }) => !seenSounds.has(recipe)));
  const scenes = sight.scenes.filter(
    (scene) =>
      !layersOfWords.some(
        (layer) => layer.startSeconds <= scene.startSeconds && layer.endSeconds >= scene.endSeconds,
      ),
  );
  const behind = askedOneShots.length > 0 ? BEHIND_WORDS_DB : 0;
  const isOffered = (scene: SeenScene, recipe: string) =>
    PLAIN_AIR.includes(recipe) && asked.some((sounds) => isAskedIn(scene, sounds));
  const placesWhere = (isWanted: typeof isOffered) =>
    ambiencesOfPlaces(scenes, request.mood.arousal, (recipe) => !isExcluded(recipe), behind, isWanted);
  const places = sight.isSeen ? placesWhere((scene, recipe) => !isOffered(scene, recipe)) : [];
  let offers = sight.isSeen ? placesWhere(isOffered) : [];
  const base = [...layersOfWords, ...places];
  const things = chooseAmbiences([...seen.ambiences, ...firesIn(sight, request)].filter(isAllowed), base);
  let layers = [...base, ...staggered(things, base)];
  const oneShots = [...askedOneShots.filter(({ recipe }) => !seenSounds.has(recipe)), ...seen.oneShots];
  if (layers.length === 0 && !sight.isSeen) {
    const air = chooseAmbiences(candidatesFromMood(request, oneShots.length > 0).filter(isAllowed));
    if (oneShots.length > 0) offers = air;
    else layers = air;
  }
  if (
    layers.length + oneShots.length === 0 &&
    request.kind === 'effects' &&
    isAllowed({ recipe: 'room-tone' })
  )
    layers = chooseAmbiences([stillRoom(request)]);
  const events = placeOneShots(oneShots.filter(isAllowed), request.durationSeconds, layers);
  layers.sort((a, b) => a.startSeconds - b.startSeconds);
  return { plan: { layers, events, unknownWords: words.unknownWords }, offers, sight, isExcluded };
}

/** Whether the user's words for a stretch ask for sounds in a scene. */
function isAskedIn(
  scene: SeenScene,
  { stretch, ambiences, oneShots }: { stretch: Stretch; ambiences: unknown[]; oneShots: unknown[] },
): boolean {
  return isOverlapping(stretch, scene) && ambiences.length + oneShots.length > 0;
}

interface OwnWords {
  stretches: { mentions: SoundMention[]; stretch: Stretch }[];
  excluded: string[];
  unknownWords: string[];
}

/** What the user wrote for the film and for its scenes. */
function readOwnWords(request: SoundtrackRequest, { scenes }: Sight): OwnWords {
  const { durationSeconds } = request;
  const film = {
    text: request.ownWords?.effects ?? request.effectsPrompt,
    stretch: { startSeconds: 0, endSeconds: durationSeconds },
    place: scenes[0]!.place,
  };
  const texts = scenes
    .filter(({ effectsPrompt }) => effectsPrompt.trim() !== '')
    .map(({ effectsPrompt: text, startSeconds, endSeconds, place }) => ({
      text,
      stretch: { startSeconds, endSeconds },
      place,
    }));
  const readings = [film, ...texts].map(({ text, stretch, place }) => {
    const reading = readWords(text);
    return { ...reading, stretch, mentions: disambiguate(reading.mentions, place) };
  });
  return {
    stretches: readings.map(({ mentions, stretch }) => ({ mentions, stretch })),
    excluded: readings.flatMap(({ excluded }) => excluded),
    unknownWords: [...new Set(readings.flatMap(({ unknownWords }) => unknownWords))],
  };
}
