import { expect, test } from 'vitest';
import { readOptions } from '#lib/job/entry.ts';
import type { ObjectsOutput } from '#lib/job/entries/objects.ts';
import type { PromptOutput } from '#lib/job/entries/prompt.ts';
import type { SourceOutput } from '#lib/job/entries/source.ts';
import type { FrameLook, VisualOutput } from '#lib/job/entries/visual.ts';
import { soundtrackRequest } from '#lib/steps/soundtrack/soundtrack-request.ts';

const source = { durationSeconds: 10, startSeconds: 2 } as SourceOutput;
const made = { music: 'made', effects: 'made', negative: 'made' };
const used = { music: 'slow strings', effects: 'rain', negative: 'noise' };
const prompt: PromptOutput = { made, used, labels: [], mood: { valence: 0.5, arousal: 0.1 } };
const look = (atSeconds: number) => ({ atSeconds, motion: 0.25, brightness: 0.75 }) as FrameLook;
const visual = {
  looks: [look(2), look(7), look(12)],
  cuts: [
    { atSeconds: 1, weight: 1 },
    { atSeconds: 6.5, weight: 0.9 },
  ],
} as VisualOutput;
const objects: ObjectsOutput = { detector: null, why: '', frames: [], labels: [], added: [], removed: [] };
const { soundtrack: options } = readOptions({ soundtrack: { seed: 7, kind: 'music', pictureSeconds: 5 } });

test('an engine is told what is used, the mood and the wishes', () => {
  expect(soundtrackRequest({ source, prompt, visual, objects }, options)).toMatchObject({
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
  const { curve, cuts } = soundtrackRequest({ source, prompt, visual, objects }, options);
  expect(curve).toEqual([0, 5].map((atSeconds) => ({ atSeconds, motion: 0.25, brightness: 0.75 })));
  expect(cuts).toEqual([{ atSeconds: 4.5, weight: 0.9 }]);
});

test('a picture lasts as long as is wished', () => {
  const still = { ...source, durationSeconds: null };
  expect(soundtrackRequest({ source: still, prompt, visual, objects }, options).durationSeconds).toBe(5);
});
