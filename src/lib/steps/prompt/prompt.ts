import type { Mood } from '#lib/job/mood.ts';
import type { Step } from '#lib/job/step.ts';
import { blendMood } from './blend-mood.ts';
import { labelsOf } from './labels.ts';
import { makePrompts } from './make-prompts.ts';
import { PROMPT } from './meta.ts';

/** The step with a lexicon that finds the mood of a text, or null when no word of it has one. */
export function createPromptStep(
  moodOfWords: (text: string) => Mood | null,
): Step<'prompt', 'description' | 'visual' | 'source'> {
  return {
    ...PROMPT,
    run(inputs, options, { signal, onProgress }) {
      signal.throwIfAborted();
      const description = inputs.description.output;
      const visual = inputs.visual.output;
      const labels = labelsOf(visual);
      const made = makePrompts(description.text, labels);
      // The measured description only repeats what the mood of the pictures says already.
      const isRepetition = description.describer === 'measured' && description.text === description.made;
      const written = [isRepetition ? '' : description.text, options.music, options.effects].filter(Boolean);
      onProgress(1);
      return Promise.resolve({
        made,
        used: {
          music: options.music?.trim() || made.music,
          effects: options.effects?.trim() || made.effects,
          // An empty negative prompt is a wish of its own: nothing to keep away from.
          negative: options.negative?.trim() ?? made.negative,
        },
        labels,
        mood: options.mood ?? blendMood(moodOfWords(written.join('. ')), visual.mood),
      });
    },
  };
}

/** The room that writes what the sound engine is told. */
export const promptStep = createPromptStep(() => null);
