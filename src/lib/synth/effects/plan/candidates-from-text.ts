import type { SoundtrackRequest } from '#lib/job/score.ts';
import type { Wish } from '../../words/wish.ts';
import { clamp } from '../../dsp/maths.ts';
import { random } from '../../dsp/random.ts';
import { findSound } from '../sounds.ts';
import type { OneShotDef } from '../sound-def.ts';
import type { AmbienceCandidate, OneShotCandidate, Occurrence } from './candidate.ts';
import { oneShotTimes } from './one-shot-times.ts';

/** Turns what the words ask for into ambiences for the whole film and one-shots at fitting times. */
export function candidatesFromText(
  wishes: readonly Wish[],
  request: SoundtrackRequest,
): { ambiences: AmbienceCandidate[]; oneShots: OneShotCandidate[] } {
  const ambiences: AmbienceCandidate[] = [];
  const oneShots: OneShotCandidate[] = [];
  for (const wish of strongestPerSound(wishes)) {
    const sound = findSound(wish.recipe);
    if (!sound) continue;
    if (sound.kind === 'ambience') ambiences.push(ambienceFrom(wish, request));
    else oneShots.push(oneShotFrom(wish, sound, request));
  }
  return { ambiences, oneShots };
}

function strongestPerSound(wishes: readonly Wish[]): Wish[] {
  const best = new Map<string, Wish>();
  for (const wish of wishes) {
    if (wish.weight > (best.get(wish.recipe)?.weight ?? 0)) best.set(wish.recipe, wish);
  }
  return [...best.values()];
}

/** Without a word about it, an excited mood makes things stronger. */
function intensityOf(wish: Wish, request: SoundtrackRequest): number {
  return wish.intensity ?? clamp(0.5 + 0.2 * request.mood.arousal, 0.25, 0.8);
}

function ambienceFrom(wish: Wish, request: SoundtrackRequest): AmbienceCandidate {
  return {
    recipe: wish.recipe,
    because: wish.because,
    weight: wish.weight,
    startSeconds: 0,
    endSeconds: request.durationSeconds,
    gainDb: wish.gainDb,
    pan: 0,
    intensity: intensityOf(wish, request),
    distance: wish.distance ?? 0.05,
  };
}

function oneShotFrom(wish: Wish, sound: OneShotDef, request: SoundtrackRequest): OneShotCandidate {
  const stream = random(`${request.seed}/plan/${wish.recipe}`);
  const side = stream.between(-0.6, 0.6);
  const occurrences = oneShotTimes(sound, request, stream).map((atSeconds): Occurrence => {
    const pan = clamp(side + stream.between(-0.25, 0.25), -0.9, 0.9);
    const isPassing = sound.seconds > 3 && sound.family !== 'weather' && sound.family !== 'people';
    return {
      atSeconds,
      durationSeconds: 0,
      gainDb: wish.gainDb - 2 + stream.between(-1.5, 1.5),
      pan: isPassing ? -0.85 * Math.sign(side || 1) : pan,
      panTo: isPassing ? 0.85 * Math.sign(side || 1) : pan,
      intensity: clamp(intensityOf(wish, request) + stream.between(-0.12, 0.12), 0, 1),
      distance: wish.distance ?? 0.25,
      isTied: false,
    };
  });
  return { recipe: wish.recipe, because: wish.because, weight: wish.weight, occurrences };
}
