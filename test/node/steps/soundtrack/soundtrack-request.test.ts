import { expect, test } from 'vitest';
import { optionsByStep } from '#lib/job/options.ts';
import type { ObjectsOutput } from '#lib/job/entries/objects.ts';
import type { FrameFeatures, FeaturesOutput } from '#lib/job/entries/features.ts';
import type { ScenesOutput } from '#lib/job/entries/scenes.ts';
import { soundtrackRequest } from '#lib/steps/soundtrack/soundtrack-request.ts';

const source = { md5: '5feb18e5e0e85956bb5bd9ec80bdcc26' };
const length = { durationSeconds: 10, startSeconds: 2 };
const made = { music: 'made', effects: 'made', negative: 'made' };
const used = { music: 'slow strings', effects: 'rain', negative: 'noise' };
const output = { made, used, labels: ['dog'], mood: { valence: 0.5, arousal: 0.1 } };
const { prompt: none, soundtrack: options } = optionsByStep({ soundtrack: { seed: 7, kind: 'music' } }).all;
const prompt = { options: none, output };
const regions = { sky: 0.75, sea: 0.5, vegetation: 0, fire: 0, snow: 0.25 };
const palette = [{ colour: '#ffffff', share: 0.9 }];
const frame = (atSeconds: number) =>
  ({ atSeconds, motion: 0.25, brightness: 0.75, edgeDensity: 0.05, palette, regions }) as FrameFeatures;
const features = {
  frames: [frame(2), frame(7), frame(12)],
  outdoor: 0.75,
  cuts: [
    { atSeconds: 1, weight: 1 },
    { atSeconds: 6.5, weight: 0.9 },
  ],
} as FeaturesOutput;
const objects: ObjectsOutput = { detector: null, why: '', frames: [], labels: [], added: [], removed: [] };

const scenes: ScenesOutput = {
  boundaries: [],
  scenes: [{ id: '0', startSeconds: 0, endSeconds: 10, like: null }],
  onsets: [
    { atSeconds: 3, strength: 0.5, x: 0.2, y: 0.4 },
    { atSeconds: 11, strength: 0.5, x: 0.2, y: 0.4 },
  ],
};

test('the request has the prompts, the mood and the options', () => {
  expect(soundtrackRequest({ source, length, scenes, prompt, features, objects }, options)).toMatchObject({
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
  const { curve, cuts } = soundtrackRequest({ source, length, scenes, prompt, features, objects }, options);
  expect(curve).toEqual([0, 5].map((atSeconds) => ({ atSeconds, motion: 0.25, brightness: 0.75 })));
  expect(cuts).toEqual([{ atSeconds: 4.5, weight: 0.9 }]);
});

test('a made prompt is no word of the user', () => {
  const { ownWords } = soundtrackRequest({ source, length, scenes, prompt, features, objects }, options);
  expect(ownWords).toEqual({ music: '', effects: '' });
});

test('the words of the user are those that differ from the made prompt, the description and the added words', () => {
  const written = (change: Partial<typeof none>, added: string[] = [], text = 'made') => {
    const own = { options: { ...none, ...change }, output: { ...output, made: { ...made, effects: text } } };
    return soundtrackRequest(
      { source, length, scenes, prompt: own, features, objects: { ...objects, added } },
      options,
    ).ownWords!;
  };
  const sounds = 'Clear sounds. Background sounds of: dog, car.';
  expect(written({ effects: `${sounds.slice(0, -1)}, no wind, rain.` }, [], sounds).effects).toBe(
    'no wind, rain',
  );
  expect(written({}, ['river']).effects).toBe('river');
  expect(written({ description: 'a storm' }, ['gulls'])).toEqual({
    music: 'a storm',
    effects: 'a storm. gulls',
  });
  expect(written({ music: 'calm piano' }).music).toBe('calm piano');
});

test('regions that the user removed are not seen', () => {
  const seen = (removed: string[]) =>
    soundtrackRequest({ source, length, scenes, prompt, features, objects: { ...objects, removed } }, options)
      .views![0]!;
  expect(seen([])).toMatchObject({ sky: 0.75, sea: 0.5, snow: 0.25, outdoor: 0.75, flat: 0.25 });
  expect(seen(['Sea'])).toMatchObject({ sky: 0.75, sea: 0 });
});

test('without a seed of the user, the source gives one of at most four digits', () => {
  const seedOf = (md5: string, seed: number | null = null) =>
    soundtrackRequest({ source: { md5 }, length, scenes, prompt, features, objects }, { ...options, seed })
      .seed;
  expect(seedOf(source.md5)).toBe(seedOf(source.md5));
  expect(seedOf('00000000000000000000000000000000')).toBe(1);
  expect(seedOf('ffffffffffffffffffffffffffffffff')).toBeLessThanOrEqual(9999);
  expect(seedOf(source.md5)).not.toBe(seedOf('6feb18e5e0e85956bb5bd9ec80bdcc26'));
  expect(seedOf(source.md5, 7)).toBe(7);
});

test('a film of one scene is one scene, and onsets outside of it are left out', () => {
  const request = soundtrackRequest({ source, length, scenes, prompt, features, objects }, options);
  expect(request.scenes).toMatchObject([{ startSeconds: 0, like: null }]);
  expect(request.onsets).toEqual([scenes.onsets[0]]);
});
