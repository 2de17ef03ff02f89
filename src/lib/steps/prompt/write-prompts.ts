import type { OptionsOf } from '#lib/job/entry.ts';
import type { PromptOutput } from '#lib/job/entries/prompt.ts';
import type { Facts } from '#lib/job/facts.ts';
import type { Mood } from '#lib/job/mood.ts';
import { moodOfWords } from '#lib/synth/words/mood-words.ts';
import { blendMood } from './blend-mood.ts';
import { genrePrompts } from './genre-prompts.ts';
import { interpolatedPrompts } from './interpolated-prompts.ts';
import { scenePrompts, type SceneInput, type SceneWriter } from './scene-prompts.ts';

/** What prompts are made from. */
export interface PromptInput {
  /** The describer's text. */
  description: string;
  /** Whether the text is only made from facts: then its mood adds nothing to `mood`, nor its words to the facts. */
  isByRules: boolean;
  facts: Facts;
  /** Labels of what is seen, the most frequent first. */
  labels: readonly string[];
  /** The user's own words for things. */
  added: readonly string[];
  /** The mood of the pictures. */
  mood: Mood;
  /** The seed of the soundtrack, where the user has chosen none. */
  seed: number;
  scenes?: readonly SceneInput[];
}

/** Writes the prompts and chooses the mood. The user's texts and mood in the options take precedence. */
export async function writePrompts(
  { description, isByRules, facts, labels, added, mood, seed, scenes = [] }: PromptInput,
  options: OptionsOf<'prompt'>,
): Promise<PromptOutput> {
  const own = options.description?.trim() ?? '';
  const text = own || (isByRules ? '' : description);
  const written = [text, options.music, options.effects];
  const chosen = options.mood ?? blendMood(moodOfWords(written.filter(Boolean).join('. ')), mood);
  const { plannedMusic, seenMood } = await import('./planned-music.ts');
  const isMoodChosen = options.mood !== null;
  const music = plannedMusic({ facts, mood: chosen, isMoodChosen, words: own, seed });
  const { made, prompts } = make();
  // A scene alone has few pictures: what is seen in the whole film moves its mood first, then what is seen in it.
  const film = { mood: options.mood ?? music.mood, picturesMood: mood, made };
  return {
    made,
    scenes: scenePrompts(scenes, film, options, { prompts, seenMood }),
    used: {
      music: options.music?.trim() || made.music,
      effects: options.effects?.trim() || made.effects,
      // An empty negative prompt is deliberate.
      negative: options.negative?.trim() ?? made.negative,
    },
    labels: [...labels],
    mood: film.mood,
    unmovedMood: chosen,
  };

  function make(): { made: PromptOutput['made']; prompts: SceneWriter['prompts'] } {
    if (options.form === 'interpolated') {
      const prompts = (words: string) => interpolatedPrompts(words || own || description, labels);
      return { made: prompts(''), prompts: (_, __, words) => prompts(words) };
    }
    return {
      made: genrePrompts({ music, facts, text, added }),
      prompts: (facts, mood, words) =>
        genrePrompts({ music: { ...music, mood }, facts, text: words || own, added }),
    };
  }
}
