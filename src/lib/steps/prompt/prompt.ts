import type { OptionsOf } from '#lib/job/entry.ts';
import type { PromptOutput } from '#lib/job/entries/prompt.ts';
import type { Mood } from '#lib/job/mood.ts';
import { filmNeeds, type Step } from '#lib/job/step.ts';
import { moodOfWords } from '#lib/synth/words/mood-words.ts';
import { labelsOf } from './labels.ts';
import { makePrompts } from './make-prompts.ts';

/** Share of the words in the mood: what somebody writes says more about it than colours. */
const WORDS_SHARE = 0.75;

/** What prompts are made from. */
export interface PromptInput {
  /** The describer's text. */
  description: string;
  /** Whether the text is only made from the features: then its mood adds nothing to `mood`. */
  isByRules: boolean;
  /** Labels of what is seen, the most frequent first. */
  labels: readonly string[];
  /** The mood of the pictures. */
  mood: Mood;
}

/** Writes the prompts and chooses the mood. The user's texts and mood in the options take precedence. */
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
      // An empty negative prompt is deliberate.
      negative: options.negative?.trim() ?? made.negative,
    },
    labels: [...labels],
    mood: options.mood ?? blendMood(moodOfWords(written.filter(Boolean).join('. ')), mood),
  };
}

const needs = filmNeeds('description', 'features', 'objects');

/** The step that writes the prompts for the generators. */
export const promptStep: Step<'prompt', typeof needs> = {
  name: 'prompt',
  version: 2,
  about: ['film'],
  needs,
  readsBlobs: () => [],
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

/** Blends the moods of words and pictures; without a mood in words it is that of the pictures. */
export function blendMood(words: Mood | null, pictures: Mood): Mood {
  if (!words) return pictures;
  const blend = (of: keyof Mood) => WORDS_SHARE * words[of] + (1 - WORDS_SHARE) * pictures[of];
  return { valence: blend('valence'), arousal: blend('arousal') };
}
