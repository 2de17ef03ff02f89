import type { PromptOutput } from '#lib/job/entries/prompt.ts';
import { tidy } from './tidy.ts';
import { withoutSpeech } from './without-speech.ts';

/** What the sound must not be like. The prompts are worded as in the system that this app is derived from. */
export const NEGATIVE = 'Low quality, average quality, bad quality, poor quality';

/**
 * The prompts for music and effects by interpolation, as in the system that this app is derived from: fixed sentences
 * around a description and labels (if there are any), with tidy punctuation.
 */
export function interpolatedPrompts(description: string, labels: readonly string[]): PromptOutput['made'] {
  return {
    music: interpolate('Melodic, clear and high-quality music', description, 'Mood of', labels),
    effects: interpolate(
      'High-quality and clear sound effects',
      withoutSpeech(description),
      'Background sounds of:',
      labels.map(withoutSpeech),
    ),
    negative: NEGATIVE,
  };
}

function interpolate(what: string, description: string, before: string, labels: readonly string[]): string {
  const words = startSmall(tidy(description));
  const listed = labels.filter((label) => /[\p{L}\p{N}]/u.test(label)).join(', ');
  return tidy(
    [what, words && `based on ${words}`, listed && `${words ? '' : '. '}${before} ${listed}`].join(' '),
  );
}

/** Lower case for an initial article, since the description continues a sentence. */
function startSmall(text: string): string {
  return text.replace(/^(?:An?|The) /, (article) => article.toLowerCase());
}
