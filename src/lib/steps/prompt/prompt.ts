import type { OptionsOf } from '#lib/job/entry.ts';
import type { DescriptionOutput } from '#lib/job/entries/description.ts';
import type { PromptOutput } from '#lib/job/entries/prompt.ts';
import type { Mood } from '#lib/job/mood.ts';
import type { Step } from '#lib/job/step.ts';
import { moodOfWords } from '#lib/synth/words/mood-words.ts';
import { blendMood } from './blend-mood.ts';
import { labelsOf } from './labels.ts';
import { makePrompts } from './make-prompts.ts';
import { PROMPT } from './meta.ts';

/** What prompts are made from. */
export interface PromptInput {
  description: DescriptionOutput;
  /** Labels of what is to be seen, the most frequent first. */
  labels: readonly string[];
  /** The mood that the pictures give. */
  mood: Mood;
}

/** Makes the prompts and settles the mood. The user's words and mood in the options win. */
export function writePrompts(
  { description, labels, mood }: PromptInput,
  options: OptionsOf<'prompt'>,
): PromptOutput {
  const made = makePrompts(description.text, labels);
  // The measured description only repeats what the mood of the pictures says already.
  const isRepetition = description.describer === 'measured' && description.text === description.made;
  const written = [isRepetition ? null : description.text, options.music, options.effects];
  return {
    made,
    used: {
      music: options.music?.trim() || made.music,
      effects: options.effects?.trim() || made.effects,
      // An empty negative prompt is a wish of its own: nothing to keep away from.
      negative: options.negative?.trim() ?? made.negative,
    },
    labels: [...labels],
    mood: options.mood ?? blendMood(moodOfWords(written.filter(Boolean).join('. ')), mood),
  };
}

/** The room that writes what the sound engine is told. */
export const promptStep: Step<'prompt', 'description' | 'visual' | 'objects'> = {
  ...PROMPT,
  run({ description, visual, objects }, options, { signal, onProgress }) {
    signal.throwIfAborted();
    const labels = labelsOf(objects.output, visual.output);
    const output = writePrompts(
      { description: description.output, labels, mood: visual.output.mood },
      options,
    );
    onProgress(1);
    return Promise.resolve(output);
  },
};
