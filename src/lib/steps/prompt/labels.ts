import type { VisualOutput } from '#lib/job/entries/visual.ts';

/** A region counts as seen in a frame from this likelihood on. */
const LIKELY = 0.6;

/** The words that the picture's regions give to the prompt: words that sound engines understand. */
const WORDS = { sky: 'sky', sea: 'sea', vegetation: 'foliage', fire: 'fire' } as const;

/** Labels of what was seen, the most frequent first, equally frequent ones by name. */
export function labelsOf({ looks }: Pick<VisualOutput, 'looks'>): string[] {
  const counts = Object.entries(WORDS).map(([region, word]) => ({
    word,
    count: looks.filter((look) => look.regions[region as keyof typeof WORDS] >= LIKELY).length,
  }));
  return counts
    .filter(({ count }) => count > 0)
    .sort((one, other) => other.count - one.count || (one.word < other.word ? -1 : 1))
    .map(({ word }) => word);
}
