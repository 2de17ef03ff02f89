import { expect, test } from 'vitest';
import { catalogue } from '#lib/synth/catalogue.ts';
import { findSounds } from '#lib/ui/score/find-sounds.ts';
import { soundName } from '#lib/ui/score/names.ts';
import { groupSounds } from '#lib/ui/score/sound-groups.ts';

const { sounds } = catalogue();
const found = (typed: string) => findSounds(sounds, typed, soundName).map(({ recipe }) => recipe);

test('a word finds what is meant, not what has its letters somewhere', () => {
  expect(found('fire')).toEqual(['fire', 'fireworks']);
  expect(found('laser')).toEqual([]);
  expect(found('glass')).toEqual(['clink', 'glass-break']);
  expect(found('campf')).toEqual(['fire']);
});

test('names come before search words, whole words before beginnings', () => {
  expect(found('bell').slice(0, 3)).toEqual(['bicycle-bell', 'church-bell', 'doorbell']);
  expect(found('train').slice(0, 2)).toEqual(['train', 'train-horn']);
  expect(found('snow')).toContain('footsteps-snow');
});

test('every language finds it, with and without accents, in the singular and the plural', () => {
  for (const word of ['hund', 'cane', 'dogs']) expect(found(word), word).toEqual(['dog']);
  for (const word of ['möwe', 'mowen', 'gabbiani']) expect(found(word), word).toEqual(['gulls']);
  expect(found('raindrops')).toEqual(['rain']);
});

test('several words all have to fit; a word inside a longer term counts when nothing else fits', () => {
  expect(found('the dog barking')).toEqual(['dog']);
  expect(found('dog piano')).toEqual([]);
  expect(found('police')).toEqual(['siren']);
  expect(found('fire truck')).toEqual(['siren']);
});

test('without a query every sound is in one group', () => {
  const groups = groupSounds(sounds);
  expect(groups.flatMap((group) => group.sounds)).toHaveLength(sounds.length);
  expect(groups.map(({ group }) => group)).not.toContain('other');
  expect(groups.find(({ group }) => group === 'weather')?.sounds.map(({ recipe }) => recipe)).toContain(
    'wind',
  );
});
