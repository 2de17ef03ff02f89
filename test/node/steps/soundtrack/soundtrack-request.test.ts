import { expect, test } from 'vitest';
import { optionsByStep } from '#lib/job/options.ts';
import type { ObjectsOutput } from '#lib/job/entries/objects.ts';
import type { PromptOutput } from '#lib/job/entries/prompt.ts';
import type { FrameFeatures, FeaturesOutput } from '#lib/job/entries/features.ts';
import { soundtrackRequest } from '#lib/steps/soundtrack/soundtrack-request.ts';

const length = { durationSeconds: 10, startSeconds: 2 };
const made = { music: 'made', effects: 'made', negative: 'made' };
const used = { music: 'slow strings', effects: 'rain', negative: 'noise' };
const prompt: PromptOutput = { made, used, labels: [], mood: { valence: 0.5, arousal: 0.1 } };
const frame = (atSeconds: number) => ({ atSeconds, motion: 0.25, brightness: 0.75 }) as FrameFeatures;
const features = {
  frames: [frame(2), frame(7), frame(12)],
  cuts: [
    { atSeconds: 1, weight: 1 },
    { atSeconds: 6.5, weight: 0.9 },
  ],
} as FeaturesOutput;
const objects: ObjectsOutput = { detector: null, why: '', frames: [], labels: [], added: [], removed: [] };
const { soundtrack: options } = optionsByStep({ soundtrack: { seed: 7, kind: 'music' } }).all;

test('the request has the prompts, the mood and the options', () => {
  expect(soundtrackRequest({ length, prompt, features, objects }, options)).toMatchObject({
    musicPrompt: 'slow strings',
    effectsPrompt: 'rain',
    negativePrompt: 'noise',
    mood: { valence: 0.5, arousal: 0.1 },
    durationSeconds: 10,
    seed: 7,
    kind: 'music',
  });
});

test('times count from the first picture, and none lies outside the clip', () => {
  const { curve, cuts } = soundtrackRequest({ length, prompt, features, objects }, options);
  expect(curve).toEqual([0, 5].map((atSeconds) => ({ atSeconds, motion: 0.25, brightness: 0.75 })));
  expect(cuts).toEqual([{ atSeconds: 4.5, weight: 0.9 }]);
});
