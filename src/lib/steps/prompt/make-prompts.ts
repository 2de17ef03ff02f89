import type { PromptOutput } from '#lib/job/entries/prompt.ts';
import { tidy } from './tidy.ts';
import { withoutSpeech } from './without-speech.ts';

/** What the sound engine shall keep away from; the ancestor's words. */
const NEGATIVE = 'Low quality, average quality, bad quality, poor quality';

/** The ancestor's prompts for music and effects, made from a description and labels (possibly none), and tidied. */
export function makePrompts(description: string, labels: readonly string[]): PromptOutput['made'] {
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

/** An article at the beginning gets a small letter, because the description goes on with a sentence. */
function startSmall(text: string): string {
  return text.replace(/^(?:An?|The) /, (article) => article.toLowerCase());
}
