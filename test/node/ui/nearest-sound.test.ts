import { expect, test } from 'vitest';
import { catalogue } from '#lib/synth/catalogue.ts';
import { readWords } from '#lib/synth/words/read-words.ts';
import { nearestSound } from '#lib/ui/score/nearest-sound.ts';

const { sounds } = catalogue();
const nearest = (word: string) => nearestSound(sounds, word)?.recipe ?? null;

test.each([
  ['laser', 'whoosh'],
  ['Roboter', 'hum'],
  ['dinosauro', 'bear'],
  ['thundr', 'thunder'],
  ['fotsteps', 'footsteps'],
])('no sound is called %s; the nearest is %s', (word, recipe) => {
  expect(readWords(word).unknownWords).toEqual([word]);
  expect(nearest(word)).toBe(recipe);
});

test('a word that is like none has no nearest', () => {
  expect(nearest('quixotic')).toBeNull();
});
