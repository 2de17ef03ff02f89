import type { GenerateSpec } from '#lib/protocol/job-request.ts';
import type { Score } from '#lib/job/score.ts';
import { planScore } from '#lib/synth/plan.ts';
import { moodOfWords } from '#lib/synth/words/mood-words.ts';

/** 2³² divided by the golden ratio (Knuth, TAOCP 3, 6.4): its multiples are far apart. */
const GOLDEN = 0x9e3779b9;

/** The seed of a candidate: that of the request for the first one, derived from it for the others. */
export function seedOfCandidate(seed: number, candidate: number): number {
  return (seed + Math.imul(candidate, GOLDEN)) >>> 0;
}

/** Plans one candidate from the prompts alone, without a picture. The mood is derived from the prompts. */
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
    seed: seedOfCandidate(seed, candidate),
    kind: music === undefined ? 'effects' : effects === undefined ? 'music' : 'both',
  });
}
