import type { Step } from '#lib/job/step.ts';
import { moodOfWords } from '#lib/synth/words/mood-words.ts';
import { blendMood } from './blend-mood.ts';
import { labelsOf } from './labels.ts';
import { makePrompts } from './make-prompts.ts';
import { PROMPT } from './meta.ts';

/** The room that writes what the sound engine is told, and settles the mood. The user's words always win. */
export const promptStep: Step<'prompt', 'description' | 'visual' | 'source'> = {
  ...PROMPT,
  run(inputs, options, { signal, onProgress }) {
    signal.throwIfAborted();
    const description = inputs.description.output;
    const visual = inputs.visual.output;
    const labels = labelsOf(visual);
    const made = makePrompts(description.text, labels);
    // The measured description only repeats what the mood of the pictures says already.
    const isRepetition = description.describer === 'measured' && description.text === description.made;
    const written = [isRepetition ? null : description.text, options.music, options.effects];
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
      mood: options.mood ?? blendMood(moodOfWords(written.filter(Boolean).join('. ')), visual.mood),
    });
  },
};
