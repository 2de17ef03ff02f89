import type { OptionsOf } from '#lib/job/entry.ts';
import type { PromptOutput } from '#lib/job/entries/prompt.ts';
import type { Mood } from '#lib/job/mood.ts';
import { filmNeeds, type Step } from '#lib/job/step.ts';
import { moodOfWords } from '#lib/synth/words/mood-words.ts';
import { blendMood } from './blend-mood.ts';
import { labelsOf } from './labels.ts';
import { makePrompts } from './make-prompts.ts';

/** What prompts are made from. */
export interface PromptInput {
  /** A describer's words for the picture. */
  description: string;
  /** Whether they only put measurements into words: then they say nothing about the mood that `mood` doesn't. */
  isByRules: boolean;
  /** Labels of what is to be seen, the most frequent first. */
  labels: readonly string[];
  /** The mood that the pictures give. */
  mood: Mood;
}

/** Makes the prompts and settles the mood. The user's words and mood in the options win. */
export function writePrompts(
  { description, isByRules, labels, mood }: PromptInput,
  options: OptionsOf<'prompt'>,
): PromptOutput {
  const own = options.description?.trim() ?? '';
  const made = makePrompts(own || description, labels);
  const written = [own || (isByRules ? null : description), options.music, options.effects];
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

const needs = filmNeeds('description', 'features', 'objects');

/** The step that writes what the generators are told. */
export const promptStep: Step<'prompt', typeof needs> = {
  name: 'prompt',
  version: 2,
  about: ['film'],
  needs,
  run({ description, features, objects }, options, { signal, onProgress }) {
    signal.throwIfAborted();
    const input = {
      description: description.output.text,
      isByRules: description.maker.name === 'rules',
      labels: labelsOf(objects.output, features.output),
      mood: features.output.mood,
    };
    onProgress(1);
    return Promise.resolve({ output: writePrompts(input, options) });
  },
};
