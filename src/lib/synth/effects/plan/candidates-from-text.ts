import type { SoundtrackRequest } from '#lib/job/score.ts';
import type { SoundMention } from '../../words/read-words.ts';
import { clamp } from '../../dsp/maths.ts';
import { random } from '../../dsp/random.ts';
import { findSound } from '../sounds.ts';
import type { OneShotDef } from '../sound-def.ts';
import type { AmbienceCandidate, OneShotCandidate, Occurrence } from './candidate.ts';
import { oneShotTimes } from './one-shot-times.ts';

/** Level of ambiences that words ask for: they lead, still under the music. */
const WORDS_DB = -4;
const FADE_SECONDS = 0.5;

/** The part of the film that the words are about. */
export interface Stretch {
  startSeconds: number;
  endSeconds: number;
}

/** Turns what the words ask for into ambiences for a stretch of the film and one-shots at fitting times in it. */
export function candidatesFromText(
  mentions: readonly SoundMention[],
  request: SoundtrackRequest,
  stretch: Stretch,
): { ambiences: AmbienceCandidate[]; oneShots: OneShotCandidate[] } {
  const ambiences: AmbienceCandidate[] = [];
  const oneShots: OneShotCandidate[] = [];
  for (const mention of strongestPerSound(mentions)) {
    const sound = findSound(mention.recipe);
    if (!sound) continue;
    if (sound.kind === 'ambience') ambiences.push(ambienceFrom(mention, request, stretch));
    else oneShots.push(oneShotFrom(mention, sound, request, stretch));
  }
  return { ambiences, oneShots };
}

function strongestPerSound(mentions: readonly SoundMention[]): SoundMention[] {
  const best = new Map<string, SoundMention>();
  for (const mention of mentions) {
    if (mention.weight > (best.get(mention.recipe)?.weight ?? 0)) best.set(mention.recipe, mention);
  }
  return [...best.values()];
}

/** The intensity that the text gives, else one that grows with arousal. */
function intensityOf(mention: SoundMention, request: SoundtrackRequest): number {
  return mention.intensity ?? clamp(0.5 + 0.2 * request.mood.arousal, 0.25, 0.8);
}

function ambienceFrom(
  mention: SoundMention,
  request: SoundtrackRequest,
  { startSeconds, endSeconds }: Stretch,
): AmbienceCandidate {
  const isWhole = startSeconds === 0 && endSeconds === request.durationSeconds;
  return {
    recipe: mention.recipe,
    because: mention.because,
    from: 'words',
    weight: mention.weight,
    startSeconds,
    endSeconds,
    fadeInSeconds: isWhole ? 0.15 : FADE_SECONDS,
    fadeOutSeconds: isWhole ? 0 : FADE_SECONDS,
    gainDb: mention.gainDb + WORDS_DB,
    pan: 0,
    intensity: intensityOf(mention, request),
    distance: mention.distance ?? 0.05,
  };
}

function oneShotFrom(
  mention: SoundMention,
  sound: OneShotDef,
  request: SoundtrackRequest,
  { startSeconds, endSeconds }: Stretch,
): OneShotCandidate {
  const stream = random(`${request.seed}/plan/${mention.recipe}`);
  const side = stream.between(-0.6, 0.6);
  const cuts = request.cuts
    .filter(({ atSeconds }) => atSeconds >= startSeconds && atSeconds < endSeconds)
    .map((cut) => ({ ...cut, atSeconds: cut.atSeconds - startSeconds }));
  const times = oneShotTimes(sound, { durationSeconds: endSeconds - startSeconds, cuts }, stream);
  const occurrences = times.map((at): Occurrence => {
    const pan = clamp(side + stream.between(-0.25, 0.25), -0.9, 0.9);
    const isPassing = sound.seconds > 3 && sound.family !== 'weather' && sound.family !== 'people';
    return {
      atSeconds: startSeconds + at,
      durationSeconds: 0,
      gainDb: mention.gainDb - 2 + stream.between(-1.5, 1.5),
      pan: isPassing ? -0.85 * Math.sign(side || 1) : pan,
      panTo: isPassing ? 0.85 * Math.sign(side || 1) : pan,
      intensity: clamp(intensityOf(mention, request) + stream.between(-0.12, 0.12), 0, 1),
      distance: mention.distance ?? 0.25,
      isTied: false,
      sceneEndSeconds: endSeconds,
    };
  });
  const { recipe, because, weight } = mention;
  return { recipe, because, from: 'words', weight, occurrences };
}
