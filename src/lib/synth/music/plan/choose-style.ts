import type { Mood } from '#lib/job/mood.ts';
import type { Random } from '../../dsp/random.ts';
import type { Style } from '../style.ts';
import { STYLES } from '../styles/styles.ts';
import type { PromptReading } from './read-prompt.ts';

/** Styles that fall short of the best one by less than this fit as well: the seed chooses among them. */
const NEAR = 0.08;

/**
 * One of the styles that fit best: nearest to the mood, weighed with the words of the prompt and with what is seen.
 * @param seen Weights of styles by what is seen, -1 … 1.
 */
export function chooseStyle(
  mood: Mood,
  reading: PromptReading,
  random: Random,
  seen: ReadonlyMap<string, number> = new Map(),
): Style {
  const scored = STYLES.map((style) => {
    const dv = mood.valence - style.centre.valence;
    const da = Math.max(0, Math.abs(mood.arousal - style.centre.arousal) - (style.reach ?? 0));
    const words = reading.styles.get(style.name) ?? 0;
    return { style, score: 1.5 * words + 0.9 * (seen.get(style.name) ?? 0) - (dv * dv + 1.2 * da * da) };
  });
  const best = Math.max(...scored.map(({ score }) => score));
  return random.pick(scored.filter(({ score }) => score >= best - NEAR)).style;
}
