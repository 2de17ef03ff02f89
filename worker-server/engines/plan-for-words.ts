import type { GenerateSpec } from '#lib/protocol/job-request.ts';
import type { Score } from '#lib/job/score.ts';
import { planScore } from '#lib/synth/plan.ts';
import { moodOfWords } from '#lib/synth/words/mood-words.ts';

/** 2³² divided by the golden ratio (Knuth, TAOCP 3, 6.4): its multiples lie far apart. */
const GOLDEN = 0x9e3779b9;

/** The seed of a take: the first has the request's own, the others are derived from it. */
export function seedOfTake(seed: number, candidate: number): number {
  return (seed + Math.imul(candidate, GOLDEN)) >>> 0;
}

/** The plan of one take, from words alone: the mood is that of the prompts, nothing is seen. */
export function planForWords(
  { music, effects, negative, seconds, seed }: GenerateSpec,
  candidate: number,
): Score {
  return planScore({
    musicPrompt: music ?? '',
    effectsPrompt: effects ?? '',
    negativePrompt: negative,
    mood: moodOfWords([music, effects].filter(Boolean).join('. ')) ?? { valence: 0, arousal: 0 },
    cues: [],
    curve: [],
    cuts: [],
    durationSeconds: seconds,
    seed: seedOfTake(seed, candidate),
    kind: music === undefined ? 'effects' : effects === undefined ? 'music' : 'both',
  });
}
