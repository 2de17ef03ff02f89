import type { Score, SoundtrackRequest } from '#lib/job/score.ts';
import { readWords } from '../words/read-words.ts';
import { candidatesFromMood } from './plan/candidates-from-mood.ts';
import { chooseAmbiences } from './plan/choose-ambiences.ts';
import { candidatesFromCues } from './plan/candidates-from-cues.ts';
import { candidatesFromText } from './plan/candidates-from-text.ts';
import { placeOneShots } from './plan/place-one-shots.ts';
import { visualContextOf } from './plan/visual-context.ts';
import { exclusionsOf } from './plan/negative-words.ts';
import { disambiguate } from './plan/disambiguate.ts';

/** The fields of a score that describe the effects. */
export type EffectsPlan = Pick<Score, 'layers' | 'events' | 'unknownWords'>;

/**
 * Plans the effects from the effects prompt and from what is seen: at most three ambiences, each of another family, and
 * four kinds of one-shots. The negative prompt excludes sounds. If no ambience is left, the mood chooses a quiet one.
 * A request for music only gets an empty plan.
 */
export function planEffects(request: SoundtrackRequest): EffectsPlan {
  if (request.kind === 'music') return { layers: [], events: [], unknownWords: [] };
  const reading = readWords(request.effectsPrompt);
  const isExcluded = exclusionsOf(request.negativePrompt, reading.excluded);
  const isAllowed = ({ recipe }: { recipe: string }) => !isExcluded(recipe);
  const visual = visualContextOf(request);
  const fromText = candidatesFromText(disambiguate(reading.mentions, visual).filter(isAllowed), request);
  const fromCues = candidatesFromCues(visual, request);
  const events = placeOneShots(
    [...fromText.oneShots, ...fromCues.oneShots].filter(isAllowed),
    request.durationSeconds,
  );
  let layers = chooseAmbiences([...fromText.ambiences, ...fromCues.ambiences].filter(isAllowed));
  if (layers.length === 0) {
    layers = chooseAmbiences(candidatesFromMood(request, visual, events.length > 0).filter(isAllowed));
  }
  return { layers, events, unknownWords: reading.unknownWords };
}
