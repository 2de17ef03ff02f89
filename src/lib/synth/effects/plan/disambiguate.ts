import type { SoundMention } from '../../words/read-words.ts';
import type { VisualContext } from './visual-context.ts';

/** Sounds that mean the sea is near. */
const SEA = new Set(['sea', 'gulls', 'ship-horn']);

/**
 * Decides what an ambiguous mention means from the other mentions and the picture: birds that only a place implies are
 * gulls by the sea and an owl at night.
 */
export function disambiguate(mentions: readonly SoundMention[], visual: VisualContext): SoundMention[] {
  const isBySea = mentions.some(({ recipe }) => SEA.has(recipe)) || visual.hints.has('water');
  const isNight = visual.isDark || mentions.some(({ recipe }) => recipe === 'owl');
  const hasForest = mentions.some(({ recipe }) => recipe === 'forest');
  return mentions.map((mention) => {
    if (mention.recipe !== 'birds') return mention;
    if (isBySea && !hasForest && mention.weight < 1) return { ...mention, recipe: 'gulls' };
    if (isNight && mention.weight < 1) return { ...mention, recipe: 'owl' };
    return mention;
  });
}
