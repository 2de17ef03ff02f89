import type { Wish } from '../../words/wish.ts';
import type { Scenery } from './scenery.ts';

/** Sounds that mean the sea is near. */
const SEA = new Set(['sea', 'gulls', 'ship-horn']);

/** Reads wishes in the light of each other and of the picture: birds by the sea are gulls, birds at night an owl. */
export function withContext(wishes: readonly Wish[], scenery: Scenery): Wish[] {
  const isBySea = wishes.some(({ recipe }) => SEA.has(recipe)) || scenery.hints.has('water');
  const isNight = scenery.isDark || wishes.some(({ recipe }) => recipe === 'owl');
  const hasForest = wishes.some(({ recipe }) => recipe === 'forest');
  return wishes.map((wish) => {
    if (wish.recipe !== 'birds') return wish;
    if (isBySea && !hasForest && wish.weight < 1) return { ...wish, recipe: 'gulls' };
    if (isNight && wish.weight < 1) return { ...wish, recipe: 'owl' };
    return wish;
  });
}
