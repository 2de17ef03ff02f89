import { factsOf } from '#lib/evidence/facts.ts';
import type { FeaturesOutput } from '#lib/job/entries/features.ts';
import type { ObjectsOutput } from '#lib/job/entries/objects.ts';
import type { PromptOutput } from '#lib/job/entries/prompt.ts';
import type { ScenesOutput } from '#lib/job/entries/scenes.ts';
import type { OptionsOf } from '#lib/job/entry.ts';
import { ofPresentScenes } from '#lib/job/scene-id.ts';
import type { RequestScene } from '#lib/job/score.ts';

/** What the scenes of a request are made from. */
interface SceneSources {
  /** Where the film begins in the source, seconds. */
  startSeconds: number;
  scenes: Pick<ScenesOutput, 'scenes' | 'boundaries'>;
  features: Pick<FeaturesOutput, 'frames'>;
  objects: Pick<ObjectsOutput, 'frames' | 'removed'>;
  prompt: Pick<PromptOutput, 'mood' | 'scenes'>;
  /** The seeds of scenes that were made anew. */
  seeds: OptionsOf<'soundtrack'>['scenes'];
}

/** The scenes of a request, with the mood, the words and the prompts that each has. */
export function requestScenes({
  startSeconds: filmStart,
  scenes: { scenes, boundaries },
  features,
  objects,
  prompt,
  seeds,
}: SceneSources): RequestScene[] {
  const seedOf = ofPresentScenes(seeds, scenes);
  return scenes.map(({ id, startSeconds, endSeconds, like }) => {
    const boundary = boundaries.find(({ atSeconds }) => atSeconds === startSeconds);
    const index = scenes.findIndex((scene) => scene.id === like);
    const own = prompt.scenes?.find((scene) => scene.id === id);
    const span = { startSeconds: filmStart + startSeconds, endSeconds: filmStart + endSeconds };
    const seed = seedOf.get(id)?.seed;
    return {
      ...{ startSeconds, endSeconds },
      fadeSeconds: boundary?.overSeconds ?? 0,
      like: index < 0 ? null : index,
      mood: own?.mood ?? prompt.mood,
      places: (own?.facts ?? factsOf({ features, objects }, span)).places,
      musicPrompt: own?.words ?? '',
      effectsPrompt: own?.words ?? '',
      ...(seed && { seed }),
      ...(own && { prompts: { music: own.music, effects: own.effects } }),
    };
  });
}
