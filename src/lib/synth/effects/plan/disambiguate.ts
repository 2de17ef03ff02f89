import type { SoundMention } from '../../words/read-words.ts';
import type { ScenePlace } from '../../evidence/place-of-scene.ts';

/** Sounds that mean the sea is near. */
const SEA = new Set(['sea', 'gulls', 'ship-horn']);

/**
 * Decides what an ambiguous mention means from the other mentions and the picture: birds that only a place implies are
 * gulls by the sea and an owl at night.
 */
export function disambiguate(
  mentions: readonly SoundMention[],
  { place, isNight: isDark }: ScenePlace,
): SoundMention[] {
  const isBySea = mentions.some(({ recipe }) => SEA.has(recipe)) || place.day === 'sea';
  const isNight = isDark || mentions.some(({ recipe }) => recipe === 'owl');
  const hasForest = mentions.some(({ recipe }) => recipe === 'forest');
  return mentions.map((mention) => {
    if (mention.recipe !== 'birds') return mention;
    if (isBySea && !hasForest && mention.weight < 1) return { ...mention, recipe: 'gulls' };
    if (isNight && mention.weight < 1) return { ...mention, recipe: 'owl' };
    return mention;
  });
}
