import type { Mood } from '#lib/job/mood.ts';

/**
 * Named moods, at their positions in Russell's circumplex ("A circumplex model of affect", 1980); without `easy` and `energetic`
 * near its centre every mild mood would have the name of a strong one.
 */
export const MOODS = {
  easy: { valence: 0.2, arousal: -0.05 },
  energetic: { valence: 0.15, arousal: 0.5 },
  joyful: { valence: 0.85, arousal: 0.45 },
  playful: { valence: 0.6, arousal: 0.25 },
  epic: { valence: 0.35, arousal: 0.9 },
  tense: { valence: -0.55, arousal: 0.7 },
  dark: { valence: -0.8, arousal: -0.1 },
  wistful: { valence: -0.45, arousal: -0.5 },
  dreamy: { valence: 0.2, arousal: -0.85 },
  calm: { valence: 0.55, arousal: -0.7 },
  tender: { valence: 0.75, arousal: -0.25 },
} satisfies Record<string, Mood>;

export type MoodName = keyof typeof MOODS;

/** The named mood nearest to a point. */
export function nearestMood({ valence, arousal }: Mood): MoodName {
  const distance = (name: MoodName) =>
    Math.hypot(MOODS[name].valence - valence, MOODS[name].arousal - arousal);
  return (Object.keys(MOODS) as MoodName[]).reduce((best, name) =>
    distance(name) < distance(best) ? name : best,
  );
}

/** Whether two moods look the same. */
export function isSameMood(one: Mood, other: Mood): boolean {
  return Math.hypot(one.valence - other.valence, one.arousal - other.arousal) < 0.02;
}
