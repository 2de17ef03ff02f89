import { expect, test } from 'vitest';
import { defaultOptions } from '#lib/job/options.ts';
import {
  addBoundary,
  describeScene,
  moveBoundary,
  muteScene,
  remakeScene,
  removeBoundary,
  renameScene,
  sceneEditsOf,
} from '#lib/job/scene-edits.ts';
import { mutedScenes, ofPresentScenes } from '#lib/job/scene-id.ts';

const none = { added: [], removed: [] };

test('boundaries are added in order, each once', () => {
  const edits = addBoundary(addBoundary(addBoundary(none, 9), 4), 9);
  expect(edits).toEqual({ added: [4, 9], removed: [] });
});

test('an added boundary that is removed leaves nothing behind, a found one is kept in mind', () => {
  expect(removeBoundary(addBoundary(none, 4), 4)).toEqual(none);
  expect(removeBoundary(none, 4)).toEqual({ added: [], removed: [4] });
});

test('a moved boundary is gone from its old place', () => {
  expect(moveBoundary(none, 4, 5)).toEqual({ added: [5], removed: [4] });
  expect(moveBoundary(moveBoundary(none, 4, 5), 5, 6)).toEqual({ added: [6], removed: [4] });
});

const noEdits = sceneEditsOf(defaultOptions().all);
const MOOD = { valence: 0.5, arousal: -0.5 };

test('what is said about a scene is kept until nothing is left of it', () => {
  const said = describeScene(describeScene(noEdits, '0', { description: 'rain' }), '0', { mood: MOOD });
  expect(said.prompt.scenes).toEqual([{ id: '0', description: 'rain', mood: MOOD }]);
  const less = describeScene(said, '0', { description: null });
  expect(less.prompt.scenes).toEqual([{ id: '0', description: null, mood: MOOD }]);
  expect(describeScene(less, '0', { mood: null })).toEqual(noEdits);
});

test('every attempt at a scene has another seed, and mutes come and go', () => {
  const twice = remakeScene(remakeScene(remakeScene(noEdits, '0'), '4000'), '0');
  expect(twice.soundtrack.scenes).toEqual([
    { id: '4000', seed: 1 },
    { id: '0', seed: 2 },
  ]);
  const muted = muteScene(muteScene(noEdits, '0', true), '4000', true);
  expect(muted.mix.mutedScenes).toEqual(['0', '4000']);
  expect(muteScene(muted, '0', false).mix.mutedScenes).toEqual(['4000']);
});

test('what is said about a scene goes with it when its start is moved, and to no other', () => {
  const said = muteScene(remakeScene(describeScene(noEdits, '4000', { mood: MOOD }), '4000'), '4000', true);
  const moved = renameScene(describeScene(said, '5000', { description: 'old' }), '4000', '5000');
  expect(moved.prompt.scenes).toEqual([{ id: '5000', description: null, mood: MOOD }]);
  expect(moved.soundtrack.scenes).toEqual([{ id: '5000', seed: 1 }]);
  expect(moved.mix.mutedScenes).toEqual(['5000']);
});

test('a scene that begins a picture later is the same, a scene that is gone is none', () => {
  const scenes = [{ id: '0' }, { id: '4000' }, { id: '4120' }];
  const said = [
    { id: '4000', seed: 1 },
    { id: '4160', seed: 2 },
    { id: '9000', seed: 3 },
  ];
  const found = ofPresentScenes(said, scenes);
  expect([...found].map(([id, { seed }]) => [id, seed])).toEqual([
    ['4000', 1],
    ['4120', 2],
  ]);
  expect(mutedScenes(scenes, ['4160', '8000'])).toEqual([{ id: '4120' }]);
});
