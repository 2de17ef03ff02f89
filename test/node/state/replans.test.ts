import { expect, it } from 'vitest';
import { replans } from '#lib/state/replans.ts';

it('edited lanes outlive another seed, the mix and the film, and nothing else', () => {
  expect(replans('soundtrack', { seed: 4 })).toBe(false);
  expect(replans('soundtrack', { score: null })).toBe(false);
  expect(replans('mix', { balance: 0.2 })).toBe(false);
  expect(replans('film', { movement: 'still' })).toBe(false);
  expect(replans('prompt', { mood: null })).toBe(true);
  expect(replans('objects', { removed: ['dog'] })).toBe(true);
  expect(replans('soundtrack', { kind: 'music' })).toBe(true);
  expect(replans('soundtrack', { pictureSeconds: 9 })).toBe(true);
});
