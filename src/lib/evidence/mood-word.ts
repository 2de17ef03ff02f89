import type { Mood } from '#lib/job/mood.ts';

/**
 * Words for scenes around the circle, each at the angle of the most similar term in Russell, "A circumplex model of
 * affect" (1980), figure 2; degrees counter-clockwise from pleasure.
 */
const CIRCLE: readonly (readonly [degrees: number, word: string])[] = [
  [8, 'happy'],
  [25, 'joyful'],
  [49, 'excited'],
  [72, 'energetic'],
  [93, 'tense'],
  [116, 'uneasy'],
  [139, 'distressed'],
  [163, 'troubled'],
  [189, 'bleak'],
  [208, 'sad'],
  [230, 'gloomy'],
  [250, 'melancholic'],
  [272, 'sleepy'],
  [295, 'quiet'],
  [316, 'calm'],
  [329, 'serene'],
  [349, 'pleasant'],
];
/** Closer to the centre a mood is neutral. */
const NEUTRAL_RADIUS = 0.15;

/** The word for a mood: the nearest one on Russell's circle, or `neutral` near its centre. */
export function moodWord({ valence, arousal }: Mood): string {
  if (Math.hypot(valence, arousal) < NEUTRAL_RADIUS) return 'neutral';
  const angle = (Math.atan2(arousal, valence) * 180) / Math.PI;
  const turn = (degrees: number) => {
    const gap = Math.abs(degrees - angle) % 360;
    return Math.min(gap, 360 - gap);
  };
  return CIRCLE.reduce((nearest, entry) => (turn(entry[0]) < turn(nearest[0]) ? entry : nearest))[1];
}
