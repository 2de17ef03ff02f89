import { expect, test } from 'vitest';
import type { ScenesOutput } from '#lib/job/entries/scenes.ts';
import type { PromptOutput } from '#lib/job/entries/prompt.ts';
import { requestScenes } from '#lib/steps/soundtrack/request-scenes.ts';
import { boxOf, frameOf } from '../../../fixtures/evidence.ts';

const scene = (id: string, startSeconds: number, endSeconds: number, like: string | null = null) => ({
  ...{ id, startSeconds, endSeconds, like },
});
const scenes: ScenesOutput = {
  boundaries: [
    { atSeconds: 4, kind: 'soft', weight: 0.7, overSeconds: 0.8 },
    { atSeconds: 9, kind: 'cut', weight: 0.9, overSeconds: 0 },
  ],
  scenes: [scene('0', 0, 4), scene('4000', 4, 9), scene('9000', 9, 12, '0')],
  onsets: [],
};
/** The film begins at 10 s of its source; a kitchen is seen in its second scene only. */
const START = 10;
const times = [11, 15, 17, 20];
const objects = {
  frames: times.map((atSeconds) => ({
    atSeconds,
    boxes: atSeconds > 14 && atSeconds < 19 ? [boxOf('oven'), boxOf('sink', 0.9, [60, 30, 20, 20])] : [],
  })),
  removed: [],
};
const features = { frames: times.map((at) => frameOf(at)) };
const MOOD = { valence: 0.3, arousal: 0.3 };
const request = (
  said: PromptOutput['scenes'] = undefined,
  seeds: Parameters<typeof requestScenes>[0]['seeds'] = [],
) =>
  requestScenes({
    ...{ startSeconds: START, scenes, features, objects, seeds },
    prompt: { mood: MOOD, ...(said && { scenes: said }) },
  });

test('scenes have the transition at their start, and the index of the one they look like', () => {
  const made = request();
  expect(made.map(({ startSeconds, endSeconds }) => [startSeconds, endSeconds])).toEqual([
    [0, 4],
    [4, 9],
    [9, 12],
  ]);
  expect(made.map(({ fadeSeconds }) => fadeSeconds)).toEqual([0, 0.8, 0]);
  expect(made.map(({ like }) => like)).toEqual([null, null, 0]);
  expect(made.map(({ places }) => places[0]?.name)).toEqual([undefined, 'kitchen', undefined]);
});

test('scenes have the mood, the words and the prompts that were written for them, else the mood of the film', () => {
  const mood = { valence: -0.8, arousal: 1 };
  const prompts = { music: 'Acoustic folk', effects: 'Kitchen ambience' };
  const made = request([{ id: '4000', ...prompts, mood, words: 'rain' }]);
  expect(made.map((one) => one.mood)).toEqual([MOOD, mood, MOOD]);
  expect(made.map((one) => one.prompts)).toEqual([undefined, prompts, undefined]);
  expect(made.map(({ effectsPrompt }) => effectsPrompt)).toEqual(['', 'rain', '']);
});

test('a scene that was made anew has a seed of its own, also when its start has moved by a picture', () => {
  expect(request(undefined, [{ id: '4000', seed: 2 }]).map(({ seed }) => seed)).toEqual([
    undefined,
    2,
    undefined,
  ]);
  expect(request(undefined, [{ id: '4040', seed: 2 }]).map(({ seed }) => seed)).toEqual([
    undefined,
    2,
    undefined,
  ]);
  expect(request(undefined, [{ id: '6000', seed: 2 }]).some(({ seed }) => seed)).toBe(false);
});
