import type { Score, SoundtrackRequest } from '#lib/job/score.ts';
import { readWords } from '../words/read-words.ts';
import { candidatesFromMood } from './plan/candidates-from-mood.ts';
import { chooseAmbiences } from './plan/choose-ambiences.ts';
import { candidatesFromCues } from './plan/candidates-from-cues.ts';
import { candidatesFromText } from './plan/candidates-from-text.ts';
import { placeOneShots } from './plan/place-one-shots.ts';
import { sceneryOf } from './plan/scenery.ts';
import { exclusionsOf } from './plan/negative-words.ts';
import { disambiguate } from './plan/disambiguate.ts';

/** The part of a score that the effects fill. */
export type EffectsPlan = Pick<Score, 'layers' | 'events' | 'unknownWords'>;

/**
 * Plans the effects from the words of the effects prompt and from what is seen: at most three ambiences, one of each
 * family, and four kinds of one-shots. Words in the negative prompt keep sounds out. When nothing asks for
 * anything, quiet air that follows the mood remains. A request for music only gets an empty plan.
 */
export function planEffects(request: SoundtrackRequest): EffectsPlan {
  if (request.kind === 'music') return { layers: [], events: [], unknownWords: [] };
  const reading = readWords(request.effectsPrompt);
  const isExcluded = exclusionsOf(request.negativePrompt, reading.excluded);
  const isAllowed = ({ recipe }: { recipe: string }) => !isExcluded(recipe);
  const scenery = sceneryOf(request);
  const said = candidatesFromText(disambiguate(reading.mentions, scenery).filter(isAllowed), request);
  const seen = candidatesFromCues(scenery, request);
  const events = placeOneShots(
    [...said.oneShots, ...seen.oneShots].filter(isAllowed),
    request.durationSeconds,
  );
  let layers = chooseAmbiences([...said.ambiences, ...seen.ambiences].filter(isAllowed));
  if (layers.length === 0) {
    layers = chooseAmbiences(candidatesFromMood(request, scenery, events.length > 0).filter(isAllowed));
  }
  return { layers, events, unknownWords: reading.unknownWords };
}
