import type { Score } from '../../../src/lib/job/score.ts';
import { edits } from '../../../src/lib/job/score-edits.ts';
import { catalogue } from '../../../src/lib/synth/catalogue.ts';
import { planScore } from '../../../src/lib/synth/plan.ts';

/** Music in all its parts, three ambiences and ten dogs. */
export function fullMix(durationSeconds: number): Score {
  const planned = planScore({
    musicPrompt: 'warm cinematic strings',
    effectsPrompt: 'waves, wind, birds',
    negativePrompt: '',
    mood: { valence: 0.3, arousal: 0 },
    cues: [],
    curve: [],
    cuts: [{ atSeconds: 9.4, weight: 0.9 }],
    durationSeconds,
    seed: 1,
    kind: 'both',
  });
  const dog = catalogue().sounds.find(({ recipe }) => recipe === 'dog')!;
  let score: Score = { ...planned, events: [] };
  for (let k = 0; k < 10; k++) score = edits.add(score, dog, (k * durationSeconds) / 10);
  return score;
}
