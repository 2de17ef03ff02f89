import type { Mood } from '#lib/job/mood.ts';

/** What somebody wrote says more about the wanted mood than colours do. */
const WORDS_SHARE = 0.75;

/** The mood of words and pictures together; without words that have a mood, the pictures'. */
export function blendMood(words: Mood | null, pictures: Mood): Mood {
  if (!words) return pictures;
  const blend = (of: keyof Mood) => WORDS_SHARE * words[of] + (1 - WORDS_SHARE) * pictures[of];
  return { valence: blend('valence'), arousal: blend('arousal') };
}
