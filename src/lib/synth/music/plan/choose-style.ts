import type { Mood } from '#lib/job/mood.ts';
import type { Random } from '../../dsp/random.ts';
import type { Style } from '../style.ts';
import { STYLES } from '../styles/styles.ts';
import type { PromptReading } from './read-prompt.ts';

/** The style nearest to the mood, weighed with the words of the prompt and a little randomness from the seed. */
export function chooseStyle(mood: Mood, reading: PromptReading, random: Random): Style {
  let best = STYLES[0]!;
  let bestScore = -Infinity;
  for (const style of STYLES) {
    const dv = mood.valence - style.centre.valence;
    const da = mood.arousal - style.centre.arousal;
    const words = reading.styles.get(style.name) ?? 0;
    const score = 1.5 * words - (dv * dv + 1.2 * da * da) + 0.12 * random.fork(style.name).next();
    if (score > bestScore) {
      bestScore = score;
      best = style;
    }
  }
  return best;
}
