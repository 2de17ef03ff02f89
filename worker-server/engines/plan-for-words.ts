import type { GenerateSpec } from '#lib/protocol/job-request.ts';
import type { Mood } from '#lib/job/mood.ts';
import type { RequestScene, Score } from '#lib/job/score.ts';
import { planScore } from '#lib/synth/plan.ts';
import { moodOfWords } from '#lib/synth/words/mood-words.ts';

/** 2³² divided by the golden ratio (Knuth, TAOCP 3, 6.4): its multiples are far apart. */
const GOLDEN = 0x9e3779b9;

/** The seed of a candidate: that of the request for the first one, derived from it for the others. */
export function seedOfCandidate(seed: number, candidate: number): number {
  return (seed + Math.imul(candidate, GOLDEN)) >>> 0;
}

/**
 * Plans one candidate from the prompts alone, without a picture. The mood is derived from the prompts; segments are
 * scenes with hard cuts, or soft ones where they fade.
 */
export function planForWords(spec: GenerateSpec, candidate: number): Score {
  const { music, effects, negative, seconds, seed } = spec;
  const scenes = scenesOf(spec);
  return planScore({
    musicPrompt: music ?? '',
    effectsPrompt: effects ?? '',
    negativePrompt: negative,
    mood: moodOf(music, effects),
    cues: [],
    curve: [],
    cuts: scenes.slice(1).map(({ startSeconds }) => ({ atSeconds: startSeconds, weight: 1 })),
    ...(scenes.length > 0 && { scenes }),
    durationSeconds: seconds,
    seed: seedOfCandidate(seed, candidate),
    kind: music === undefined ? 'effects' : effects === undefined ? 'music' : 'both',
  });
}

function moodOf(...prompts: (string | undefined)[]): Mood {
  return moodOfWords(prompts.filter(Boolean).join('. ')) ?? { valence: 0, arousal: 0 };
}

/** The segments as scenes; those with equal prompts share their sound. */
function scenesOf({ music, effects, segments = [] }: GenerateSpec): RequestScene[] {
  let end = 0;
  const same = (index: number) =>
    segments.findIndex(
      (other) => other.music === segments[index]?.music && other.effects === segments[index]?.effects,
    );
  return segments.map((segment, index) => ({
    startSeconds: end,
    endSeconds: (end += segment.seconds),
    fadeSeconds: index === 0 ? 0 : segment.fadeSeconds,
    like: same(index) < index ? same(index) : null,
    mood: moodOf(segment.music ?? music, segment.effects ?? effects),
    places: [],
    musicPrompt: segment.music ?? '',
    effectsPrompt: segment.effects ?? '',
  }));
}
