import { expect, test } from 'vitest';
import type { FrameFeatures, FeaturesOutput } from '#lib/job/entries/features.ts';
import { joinWords, rulesDescriber } from '#lib/steps/description/rules.ts';
import { moodWord } from '#lib/steps/description/mood-word.ts';
import { quiet } from '../../../fixtures/media/step-context.ts';

const none = { sky: 0, sea: 0, vegetation: 0, fire: 0 };
const frame = (part: Partial<FrameFeatures> = {}): FrameFeatures => ({
  atSeconds: 0,
  brightness: 0.5,
  contrast: 0.4,
  saturation: 0.3,
  warmth: 0,
  colourfulness: 0.3,
  edgeDensity: 0.1,
  palette: [{ colour: '#1e50a0', share: 1 }],
  regions: none,
  motion: 0,
  cutLikelihood: 0,
  ...part,
});
const features = (part: Partial<FeaturesOutput> = {}): FeaturesOutput => ({
  frames: [frame()],
  mood: { valence: 0.3, arousal: -0.3 },
  day: 1,
  outdoor: 0.5,
  regions: none,
  cuts: [],
  ...part,
});
const describe = (given: FrameFeatures, all: FeaturesOutput, kind: 'video' | 'picture' = 'picture') =>
  rulesDescriber.describe({ kind, picture: new Blob(), question: '', frame: given, features: all }, quiet());

test('light, temperature, place, regions and mood come into words', async () => {
  const text = await describe(
    frame({ brightness: 0.3, warmth: -0.4 }),
    features({ outdoor: 0.9, regions: { ...none, sky: 0.9, sea: 0.7 } }),
  );
  expect(text).toMatch(/^A dim, cool outdoor picture, .*blue, with what looks like sky and sea; .*calm\.$/);
});

test('what was not measured is not said', async () => {
  const text = await describe(frame({ palette: [] }), features());
  expect(text).toMatch(/^A picture; .*calm\.$/);
});

test('a video has a pace and shots, a picture has not', async () => {
  const still = features({
    frames: [frame(), frame({ motion: 0.02 })],
    cuts: [{ atSeconds: 1, weight: 0.8 }],
  });
  expect(await describe(frame(), still, 'video')).toMatch(/^A still scene in about 2 shots, /);
  expect(await describe(frame(), { ...still, cuts: [] }, 'picture')).toMatch(/^A picture, /);
});

test('the change at a cut is no pace', async () => {
  const cut = features({
    frames: [frame(), frame({ motion: 1, cutLikelihood: 0.9 }), frame({ motion: 0.05 })],
  });
  expect(await describe(frame(), cut, 'video')).toMatch(/^A still scene/);
});

test('the same measurements give the same words, other main colours vary them', async () => {
  const colours = ['#1e50a0', '#1e50a1', '#1e50a2'];
  const texts = await Promise.all(
    colours.map((colour) => describe(frame({ palette: [{ colour, share: 1 }] }), features())),
  );
  expect(new Set(texts).size).toBe(3);
  expect(await describe(frame(), features())).toBe(texts[0]);
});

test('the mood word is the nearest on the circle, neutral in its middle', () => {
  const word = (valence: number, arousal: number) => moodWord({ valence, arousal });
  expect([
    word(0.7, 0.1),
    word(0.1, 0.7),
    word(-0.6, 0.1),
    word(-0.5, -0.3),
    word(0.5, -0.5),
    word(0.05, -0.05),
  ]).toEqual(['happy', 'energetic', 'troubled', 'sad', 'calm', 'neutral']);
});

test('lists are written with "and"', () => {
  expect([[], ['a'], ['a', 'b'], ['a', 'b', 'c']].map(joinWords)).toEqual(['', 'a', 'a and b', 'a, b and c']);
});
