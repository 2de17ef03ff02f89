import { factsOf } from '#lib/evidence/facts.ts';
import type { FeaturesOutput } from '#lib/job/entries/features.ts';
import type { ObjectsOutput } from '#lib/job/entries/objects.ts';
import type { ScenesOutput } from '#lib/job/entries/scenes.ts';
import type { EntryOf } from '#lib/job/entry.ts';
import type { Mood } from '#lib/job/mood.ts';
import type { RequestScene } from '#lib/job/score.ts';
import { clamp } from '#lib/media/pixels/statistics.ts';

/** What the scenes of a request are made from. */
interface SceneSources {
  /** Where the film begins in the source, seconds. */
  startSeconds: number;
  scenes: Pick<ScenesOutput, 'scenes' | 'boundaries'>;
  features: Pick<FeaturesOutput, 'mood' | 'scenes' | 'frames'>;
  objects: Pick<ObjectsOutput, 'frames' | 'removed'>;
  prompt: Pick<EntryOf<'prompt'>, 'options' | 'output'>;
}

/**
 * The scenes of a request. A scene differs in mood from the film as its pictures do; a mood that the user has chosen is
 * that of all scenes.
 */
export function requestScenes({
  startSeconds: filmStart,
  scenes: { scenes, boundaries },
  features,
  objects,
  prompt: { output, options },
}: SceneSources): RequestScene[] {
  const moods = new Map(features.scenes?.map(({ id, mood }) => [id, mood]));
  const moodOf = (id: string): Mood => {
    const own = options.mood === null ? moods.get(id) : undefined;
    if (!own) return output.mood;
    const shifted = (of: keyof Mood) => clamp(output.mood[of] + own[of] - features.mood[of], -1, 1);
    return { valence: shifted('valence'), arousal: shifted('arousal') };
  };
  const promptsOf = (id: string) => {
    const prompts = output.scenes?.find((scene) => scene.id === id);
    return prompts && { prompts: { music: prompts.music, effects: prompts.effects } };
  };
  return scenes.map(({ id, startSeconds, endSeconds, like }) => {
    const boundary = boundaries.find(({ atSeconds }) => atSeconds === startSeconds);
    const index = scenes.findIndex((scene) => scene.id === like);
    return {
      ...{ startSeconds, endSeconds },
      fadeSeconds: boundary?.overSeconds ?? 0,
      like: index < 0 ? null : index,
      mood: moodOf(id),
      places: factsOf(
        { features, objects },
        { startSeconds: filmStart + startSeconds, endSeconds: filmStart + endSeconds },
      ).places,
      musicPrompt: '',
      effectsPrompt: '',
      ...promptsOf(id),
    };
  });
}
