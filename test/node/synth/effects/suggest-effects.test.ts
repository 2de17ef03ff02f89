import { expect, test } from 'vitest';
import { edits } from '#lib/job/score-edits.ts';
import type { Score, SoundtrackRequest } from '#lib/job/score.ts';
import { recipeOf } from '#lib/job/suggestion.ts';
import { usualSounds } from '#lib/synth/effects/plan/usual-sounds.ts';
import { planEffects } from '#lib/synth/effects/plan-effects.ts';
import { findSound } from '#lib/synth/effects/sounds.ts';
import { suggestEffects } from '#lib/synth/effects/suggest-effects.ts';
import { PLACES } from '#lib/synth/evidence/places.ts';
import { curve, request, track } from './plan-request.ts';

const scene = (startSeconds: number, endSeconds: number, place: string, effectsPrompt = '') => ({
  ...{ startSeconds, endSeconds, fadeSeconds: 0, like: null, mood: { valence: 0, arousal: 0 } },
  ...{ places: [{ name: place, certainty: 0.9 }], musicPrompt: '', effectsPrompt },
});
const scoreOf = (asked: SoundtrackRequest): Score => ({
  ...{ durationSeconds: asked.durationSeconds, seed: 3, mood: asked.mood, music: null },
  ...planEffects(asked),
});
const suggested = (more: Partial<SoundtrackRequest>) => {
  const asked = request({ curve, ...more });
  return suggestEffects(asked, scoreOf(asked));
};
const namesOf = (more: Partial<SoundtrackRequest>) => suggested(more).map(recipeOf);

test('plain air is not added to what was asked for, but offered first', () => {
  const dog = { scenes: [scene(0, 20, 'meadow')], ownWords: { music: '', effects: 'a dog barks twice' } };
  expect(scoreOf(request({ curve, ...dog })).layers).toEqual([]);
  expect(suggested(dog)[0]).toMatchObject({ reason: 'air', layer: { recipe: 'breeze', endSeconds: 20 } });
});

test('without words the air is in the plan, and so is the ambience of a known place beside words', () => {
  const recipes = (more: Partial<SoundtrackRequest>) =>
    scoreOf(request({ curve, ...more })).layers.map(({ recipe }) => recipe);
  expect(recipes({ scenes: [scene(0, 20, 'meadow')] })).toEqual(['breeze']);
  const words = { ownWords: { music: '', effects: 'a dog barks' } };
  expect(recipes({ scenes: [scene(0, 20, 'beach')], ...words })).toEqual(['sea']);
});

test('words for one scene leave the air of the others', () => {
  const scenes = [scene(0, 10, 'meadow', 'a dog barks'), scene(10, 20, 'meadow')];
  const { layers } = scoreOf(request({ curve, scenes }));
  expect(layers).toHaveLength(1);
  expect(layers[0]!.startSeconds).toBeGreaterThan(9);
  const air = suggestEffects(request({ curve, scenes }), scoreOf(request({ curve, scenes })));
  expect(air.filter(({ reason }) => reason === 'air').map(({ startSeconds }) => startSeconds)).toEqual([0]);
});

test('what may be seen is suggested where it is seen, and not what is heard already', () => {
  const doubtful = { ...track('dog', { start: 4, end: 8 }), score: 0.42 };
  doubtful.times = doubtful.times.slice(0, 2);
  const found = suggested({ scenes: [scene(0, 20, 'park')], cues: [doubtful] });
  const dog = found.find(({ because }) => because === 'dog');
  expect(dog).toMatchObject({ reason: 'unsure', event: { recipe: 'dog' } });
  expect(dog!.event!.atSeconds).toBeGreaterThanOrEqual(4);
  const heard = suggested({ scenes: [scene(0, 20, 'park')], cues: [track('dog')] });
  expect(heard.map(({ because }) => because)).not.toContain('dog');
});

test('each scene has sounds that are usual there, until they are in the score', () => {
  const scenes = [scene(0, 10, 'beach'), scene(10, 20, 'kitchen')];
  const found = suggested({ scenes });
  expect(found.map((each) => [each.startSeconds, recipeOf(each)])).toContainEqual([0, 'gulls']);
  expect(found.map((each) => [each.startSeconds, recipeOf(each)])).toContainEqual([10, 'sizzling']);
  const gulls = found.find((each) => recipeOf(each) === 'gulls')!;
  const asked = request({ curve, scenes });
  const more = edits.place(scoreOf(asked), [], [gulls.event!]);
  expect(suggestEffects(asked, more).map(recipeOf)).not.toContain('gulls');
});

test('what the negative words exclude is not suggested, and screens have nothing', () => {
  expect(namesOf({ scenes: [scene(0, 20, 'beach')], negativePrompt: 'gulls' })).not.toContain('gulls');
  expect(namesOf({ scenes: [scene(0, 20, 'screen')] })).toEqual([]);
});

test('every usual sound can be played', () => {
  const sounds = Object.keys(PLACES).flatMap((place) => [...usualSounds(place, true)]);
  expect(sounds.length).toBeGreaterThan(40);
  expect(sounds.filter((recipe) => !findSound(recipe))).toEqual([]);
});

test('accepting the same sound twice gives two that sound a little different', () => {
  const asked = request({ curve, scenes: [scene(0, 20, 'beach')] });
  const gulls = suggestEffects(asked, scoreOf(asked)).find((each) => recipeOf(each) === 'gulls')!.event!;
  const twice = edits.place(scoreOf(asked), [], [gulls, gulls]).events;
  expect(new Set(twice.map(({ variation }) => variation)).size).toBe(twice.length);
});
