import type { Mood } from '#lib/job/mood.ts';

/** Share of the words in the mood: what somebody writes says more about it than colours. */
const WORDS_SHARE = 0.75;

/** Blends the moods of words and pictures; without a mood in words it is that of the pictures. */
export function blendMood(words: Mood | null, pictures: Mood): Mood {
  if (!words) return pictures;
  const blend = (of: keyof Mood) => WORDS_SHARE * words[of] + (1 - WORDS_SHARE) * pictures[of];
  return { valence: blend('valence'), arousal: blend('arousal') };
}
