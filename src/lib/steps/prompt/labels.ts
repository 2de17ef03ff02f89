import type { Label, ObjectsOutput } from '#lib/job/entries/objects.ts';
import type { FeaturesOutput } from '#lib/job/entries/features.ts';

/** A region counts as seen in a frame from this likelihood on. */
const LIKELY = 0.6;

/** The words for regions: ones that sound models understand. */
const WORDS = { sky: 'sky', sea: 'sea', vegetation: 'foliage', fire: 'fire' } as const;

/** With at least this many frames, an uncertain label in only one of them is probably wrong. */
const MANY_FRAMES = 4;
const SURE = 0.5;

/**
 * Labels of what is seen, each once: objects by the number of frames with them, then the user's own words, then regions
 * of the picture. Labels that the user removed are left out.
 */
export function labelsOf(
  { frames, labels, added, removed }: Pick<ObjectsOutput, 'frames' | 'labels' | 'added' | 'removed'>,
  features: Pick<FeaturesOutput, 'frames'>,
): string[] {
  const isKept = (word: string) => !removed.some((gone) => gone.toLowerCase() === word.toLowerCase());
  const isLikely = ({ count, score }: Label) => count > 1 || score >= SURE || frames.length < MANY_FRAMES;
  const words = [
    ...labels
      .filter(isLikely)
      .map(({ label }) => label)
      .filter(isKept),
    ...added,
    ...regionLabels(features).filter(isKept),
  ];
  const once = new Map<string, string>();
  for (const word of words) if (!once.has(word.toLowerCase())) once.set(word.toLowerCase(), word);
  return [...once.values()];
}

/** Labels of regions, the most frequent first, equally frequent ones by name. */
function regionLabels({ frames }: Pick<FeaturesOutput, 'frames'>): string[] {
  const counts = Object.entries(WORDS).map(([region, word]) => ({
    word,
    count: frames.filter((frame) => frame.regions[region as keyof typeof WORDS] >= LIKELY).length,
  }));
  return counts
    .filter(({ count }) => count > 0)
    .sort((one, other) => other.count - one.count || (one.word < other.word ? -1 : 1))
    .map(({ word }) => word);
}
