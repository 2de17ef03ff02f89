import { birds } from './animals/birds.ts';
import { dog } from './animals/dog.ts';
import { traffic } from './city/traffic.ts';
import { fire } from './fire/fire.ts';
import { roomTone } from './home/room-tone.ts';
import type { Recipe } from './recipe.ts';
import { sea } from './water/sea.ts';
import { stream } from './water/stream.ts';
import { downpour, rain } from './weather/rain.ts';
import { thunder } from './weather/thunder.ts';
import { breeze, wind } from './weather/wind.ts';

/** Every sound the engine can make. */
export const RECIPES: readonly Recipe[] = [
  ...[rain, downpour, wind, breeze, thunder],
  ...[sea, stream],
  ...[fire],
  ...[birds, dog],
  ...[traffic],
  ...[roomTone],
];

const byName = new Map(RECIPES.map((recipe) => [recipe.name, recipe]));

/** The recipe of that name, or undefined. */
export function findRecipe(name: string): Recipe | undefined {
  return byName.get(name);
}

/**
 * The recipe of that name.
 * @throws TypeError when there is none.
 */
export function recipeNamed(name: string): Recipe {
  const recipe = byName.get(name);
  if (!recipe) throw new TypeError(`A sound that the engine can make was wanted, but "${name}" came.`);
  return recipe;
}
