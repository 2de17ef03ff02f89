import * as v from 'valibot';
import { expect, test } from 'vitest';
import type { EntryOf } from '#lib/job/entry.ts';
import { deviceMaker } from '#lib/job/maker.ts';
import { defaultOptions } from '#lib/job/options.ts';
import type { Score } from '#lib/job/score.ts';
import { RecipeSchema } from '#lib/protocol/recipe.ts';
import { makeRecipe } from '#lib/share/make-recipe.ts';
import { soundCaptions } from '#lib/share/sound-captions.ts';
import { optionsFrom, scoreFor } from '#lib/share/use-recipe.ts';

const MOOD = { valence: 0.1, arousal: 0.5 };
const dog = (atSeconds: number) => ({
  ...{
    recipe: 'dog',
    atSeconds,
    durationSeconds: 0.5,
    gainDb: 0,
    pan: 0,
    panTo: 0,
    distance: 0.2,
    intensity: 0.5,
  },
  ...{ variation: 1, isMuted: false, because: 'dog' },
});
const rain = {
  ...{ recipe: 'rain', startSeconds: 0, endSeconds: 20, gainDb: 0, pan: 0, intensity: 0.5, distance: 0.5 },
  ...{ isMuted: false, because: 'rain' },
};
const SCORE: Score = {
  ...{ durationSeconds: 20, seed: 7, mood: MOOD, music: null, layers: [rain], unknownWords: [] },
  events: [dog(3), dog(3.8), dog(12), { ...dog(15), recipe: 'cat', isMuted: true }],
};
const stem = (digit: string) => ({
  ...{ blob: `sha256-${digit.repeat(64)}` as const, samples: 960_000, loudnessLufs: -14, truePeakDb: -1 },
  peaks: `sha256-${digit.repeat(64)}` as const,
});

function makeEntries() {
  const options = defaultOptions().all;
  const common = {
    subject: 'film' as const,
    maker: deviceMaker('synth'),
    version: 1,
    at: '2026-11-21T10:00:00.000Z',
    milliseconds: 5,
    key: 'secret-key',
  };
  const soundtrack: EntryOf<'soundtrack'> = {
    ...{
      step: 'soundtrack',
      ...common,
      inputs: { source: 'md5-of-the-video' },
      options: { ...options.soundtrack, seed: 7 },
    },
    output: {
      ...{ durationSeconds: 20, music: null, score: SCORE },
      effects: { stem: stem('a'), maker: common.maker, fit: 'whole', generatedSeconds: 20 },
    },
  };
  const texts = { music: 'calm piano', effects: 'rain, a dog barks', negative: 'voices' };
  const prompt: EntryOf<'prompt'> = {
    ...{ step: 'prompt', ...common, inputs: {}, options: options.prompt },
    output: { made: { ...texts, music: 'holiday-video-of-anna' }, used: texts, labels: ['dog'], mood: MOOD },
  };
  return { soundtrack, prompt, mix: options.mix, isPicture: false };
}

test('a recipe passes its own schema and contains no blobs, keys, times or unused words', () => {
  const recipe = makeRecipe(makeEntries());
  expect(v.parse(RecipeSchema, recipe)).toEqual(recipe);
  const text = JSON.stringify(recipe);
  for (const hidden of ['sha256-', 'md5-', 'secret-key', '2026-11-21', 'holiday-video'])
    expect(text).not.toContain(hidden);
});

test('a project from a recipe has its prompts, mood, seed, kind and mix, and no score yet', () => {
  const { all: options } = optionsFrom({ ...makeRecipe(makeEntries()), engine: 'server' }, defaultOptions());
  expect(options.prompt).toEqual({
    form: 'genre',
    scenes: [],
    description: null,
    music: 'calm piano',
    effects: 'rain, a dog barks',
    negative: 'voices',
    mood: MOOD,
  });
  const here = { generator: 'synth' };
  expect(options.soundtrack).toEqual({
    music: here,
    effects: here,
    seed: 7,
    kind: 'both',
    scenes: [],
    score: null,
  });
  expect(options.length).toEqual({ durationSeconds: 20 });
});

test('the score is used when the file has the same length, and left out otherwise', () => {
  const recipe = makeRecipe(makeEntries());
  expect(scoreFor(recipe, 20.1)).toEqual({ ...SCORE, durationSeconds: 20.1 });
  expect(scoreFor(recipe, 12)).toBeNull();
  expect(scoreFor(recipe, null)).toEqual(SCORE);
});

test('captions name the audible sounds: repeated ones once, muted ones never', () => {
  const names = { sound: (recipe: string) => recipe.toUpperCase(), music: (style: string) => style };
  expect(soundCaptions(SCORE, names)).toEqual([
    { startSeconds: 0, endSeconds: 5, text: 'RAIN' },
    { startSeconds: 3, endSeconds: 5, text: 'DOG' },
    { startSeconds: 12, endSeconds: 13.2, text: 'DOG' },
  ]);
});
