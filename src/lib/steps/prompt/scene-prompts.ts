import type { PromptOutput, ScenePrompt } from '#lib/job/entries/prompt.ts';
import type { OptionsOf } from '#lib/job/entry.ts';
import type { Facts } from '#lib/job/facts.ts';
import type { Mood } from '#lib/job/mood.ts';
import { ofPresentScenes } from '#lib/job/scene-id.ts';
import { clamp } from '#lib/media/pixels/statistics.ts';
import { moodOfWords } from '#lib/synth/words/mood-words.ts';
import { blendMood } from './blend-mood.ts';

/** One scene: what is in it, and the mood of its pictures; null without any of its own. */
export interface SceneInput {
  id: string;
  facts: Facts;
  mood: Mood | null;
}

/** What the scenes of a film have in common. */
export interface FilmInput {
  /** The mood of the film, with what is seen in it, and that of its pictures alone. */
  mood: Mood;
  picturesMood: Mood;
  made: PromptOutput['made'];
}

/** How what is seen moves the mood of pictures, and the prompts of a scene with own words or an own mood. */
export interface SceneWriter {
  seenMood: (facts: Facts, mood: Mood) => Mood;
  prompts: (facts: Facts, mood: Mood, words: string) => PromptOutput['made'];
}

/**
 * What every scene shows, its mood and its prompts. A scene differs in mood from the film as its pictures and the things
 * in it do; the user's words for a scene, and the mood that the user chose for it, take precedence over those of the film.
 */
export function scenePrompts(
  scenes: readonly SceneInput[],
  film: FilmInput,
  options: OptionsOf<'prompt'>,
  writer: SceneWriter,
): ScenePrompt[] {
  const said = ofPresentScenes(options.scenes, scenes);
  return scenes.map(({ id, facts, mood: pictures }) => {
    const own = said.get(id);
    const words = own?.description?.trim() ?? '';
    const mood = own?.mood ?? moodOf(facts, pictures, words);
    const { music, effects } = writer.prompts(facts, mood, words);
    const isOwn = words !== '' || own?.mood != null;
    return {
      id,
      music: isOwn ? music : options.music?.trim() || film.made.music,
      effects: words ? effects : options.effects?.trim() || effects,
      ...{ facts, mood },
      ...(words && { words }),
    };
  });

  function moodOf(facts: Facts, pictures: Mood | null, words: string): Mood {
    const seen = options.mood ? film.mood : writer.seenMood(facts, shifted(film, pictures));
    return words ? blendMood(moodOfWords(words), seen) : seen;
  }
}

function shifted({ mood, picturesMood }: FilmInput, pictures: Mood | null): Mood {
  if (!pictures) return mood;
  const shift = (of: keyof Mood) => clamp(mood[of] + pictures[of] - picturesMood[of], -1, 1);
  return { valence: shift('valence'), arousal: shift('arousal') };
}
