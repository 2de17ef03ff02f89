import { expect, test } from 'vitest';
import { planScore } from '#lib/synth/plan.ts';
import { varyRange, type RangeRevision } from '#lib/synth/vary-range.ts';

const score = planScore({
  ...{ musicPrompt: 'calm piano', effectsPrompt: 'rain and thunder', negativePrompt: '' },
  ...{
    mood: { valence: 0.2, arousal: -0.3 },
    cues: [],
    curve: [],
    durationSeconds: 40,
    seed: 3,
    kind: 'both',
  },
  cuts: [
    { atSeconds: 13, weight: 0.9 },
    { atSeconds: 26, weight: 0.9 },
  ],
});
const range = (change: Partial<RangeRevision>): RangeRevision => ({
  ...{ startSeconds: 15, endSeconds: 20, track: 'effects', seed: 2, style: null, words: null },
  ...change,
});

test('the sections of a range are played another way, all others stay', () => {
  const varied = varyRange(score, range({ track: 'music' })).music!;
  varied.sections.forEach((section, index) => {
    const before = score.music!.sections[index]!;
    const isIn = before.startSeconds < 20 && before.endSeconds > 15;
    expect(section).toEqual(isIn ? { ...before, variation: (before.variation ?? 0) + 2000 } : before);
  });
  expect(varied.sections.filter(({ variation }) => variation)).not.toHaveLength(0);
});

test('another style keeps the tonic and the cuts', () => {
  const { music } = varyRange(score, range({ track: 'music', style: 'epic' }));
  expect([music!.style, music!.key]).toEqual(['epic', score.music!.key]);
  const starts = music!.sections.map(({ startSeconds }) => startSeconds);
  for (const cut of [13, 26]) expect(starts.some((start) => Math.abs(start - cut) < 0.05)).toBe(true);
});

test('words choose the style of the music, and with it the parts', () => {
  const { music } = varyRange(score, range({ track: 'music', words: 'techno club beat' }));
  expect(music!.style).not.toBe(score.music!.style);
  expect(music!.key).toBe(score.music!.key);
});

test('words that name an ambience take its place, one-shots alone leave it', () => {
  const recipes = (sounds: readonly { recipe: string }[]) => sounds.map(({ recipe }) => recipe);
  const waves = varyRange(score, range({ words: 'waves of the sea' }));
  expect(recipes(waves.layers)).not.toEqual(recipes(score.layers));
  expect(Math.min(...waves.layers.map(({ startSeconds }) => startSeconds))).toBeGreaterThanOrEqual(14);
  const dog = varyRange(score, range({ words: 'a dog barks' }));
  expect(recipes(dog.layers)).toEqual(recipes(score.layers));
  expect(new Set(recipes(dog.events))).toEqual(new Set(['dog']));
  expect(dog.events.every(({ atSeconds }) => atSeconds >= 15 && atSeconds < 20)).toBe(true);
});

test('words that name nothing vary what is there', () => {
  expect(varyRange(score, range({ words: 'xyzzy' }))).toEqual(varyRange(score, range({})));
});

test('what sounds when the range begins goes on, what begins in it is another one', () => {
  const varied = varyRange(score, range({ startSeconds: 0.01, endSeconds: 40 }));
  varied.events.forEach((event, index) => {
    const before = score.events[index]!;
    expect(event.variation - before.variation).toBe(before.atSeconds >= 0.01 ? 2000 : 0);
  });
});
