import type { OptionsOf } from '#lib/job/entry.ts';
import type { PromptOutput } from '#lib/job/entries/prompt.ts';
import type { Facts } from '#lib/job/facts.ts';
import type { Mood } from '#lib/job/mood.ts';
import { moodOfWords } from '#lib/synth/words/mood-words.ts';
import { genrePrompts } from './genre-prompts.ts';
import { interpolatedPrompts } from './interpolated-prompts.ts';

/** Share of the words in the mood: what somebody writes says more about it than colours. */
const WORDS_SHARE = 0.75;

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
  /** What is in each scene, where there are several. */
  scenes?: readonly { id: string; facts: Facts }[];
}

type ScenePrompts = NonNullable<PromptOutput['scenes']>[number];

/** Writes the prompts and chooses the mood. The user's texts and mood in the options take precedence. */
export async function writePrompts(
  { description, isByRules, facts, labels, added, mood, seed, scenes = [] }: PromptInput,
  options: OptionsOf<'prompt'>,
): Promise<PromptOutput> {
  const own = options.description?.trim() ?? '';
  const text = own || (isByRules ? '' : description);
  const written = [text, options.music, options.effects];
  const chosen = options.mood ?? blendMood(moodOfWords(written.filter(Boolean).join('. ')), mood);
  const { made, ofScenes } = await make();
  return {
    made,
    ...(ofScenes.length > 1 && { scenes: ofScenes }),
    used: {
      music: options.music?.trim() || made.music,
      effects: options.effects?.trim() || made.effects,
      // An empty negative prompt is deliberate.
      negative: options.negative?.trim() ?? made.negative,
    },
    labels: [...labels],
    mood: chosen,
  };

  async function make(): Promise<{ made: PromptOutput['made']; ofScenes: ScenePrompts[] }> {
    if (options.form === 'interpolated')
      return { made: interpolatedPrompts(own || description, labels), ofScenes: [] };
    // Loaded when it is wanted: all styles of the synthesiser come with it.
    const { plannedMusic } = await import('./planned-music.ts');
    const isMoodChosen = options.mood !== null;
    const music = plannedMusic({ facts, mood: chosen, isMoodChosen, words: own, seed });
    const made = genrePrompts({ music, facts, text, added });
    // The user's own texts are those of all scenes.
    const ofScenes = scenes.map(({ id, facts }) => ({
      id,
      music: options.music?.trim() || made.music,
      effects: options.effects?.trim() || genrePrompts({ music, facts, text: own, added }).effects,
    }));
    return { made, ofScenes };
  }
}

/** Blends the moods of words and pictures; without a mood in words it is that of the pictures. */
export function blendMood(words: Mood | null, pictures: Mood): Mood {
  if (!words) return pictures;
  const blend = (of: keyof Mood) => WORDS_SHARE * words[of] + (1 - WORDS_SHARE) * pictures[of];
  return { valence: blend('valence'), arousal: blend('arousal') };
}
