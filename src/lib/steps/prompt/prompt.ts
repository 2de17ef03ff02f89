import type { OptionsOf } from '#lib/job/entry.ts';
import type { PromptOutput } from '#lib/job/entries/prompt.ts';
import { scenesInSource } from '#lib/job/scene-span.ts';
import { seedOfSource } from '#lib/job/seed.ts';
import { filmNeeds, type Step } from '#lib/job/step.ts';
import type { PromptInput } from './write-prompts.ts';

// The first screen needs none of it.
const loadWriter = () => import('./write-prompts.ts');

/** Writes the prompts and chooses the mood. The user's texts and mood in the options take precedence. */
export async function writePrompts(input: PromptInput, options: OptionsOf<'prompt'>): Promise<PromptOutput> {
  return (await loadWriter()).writePrompts(input, options);
}

const needs = filmNeeds('source', 'length', 'scenes', 'description', 'features', 'objects');

/** The step that writes the prompts for the generators. */
export const promptStep: Step<'prompt', typeof needs> = {
  name: 'prompt',
  version: 8,
  about: ['film'],
  needs,
  readsBlobs: () => [],
  async run({ source, length, scenes, description, features, objects }, options, { signal, onProgress }) {
    signal.throwIfAborted();
    const [{ filmFactsOf }, { factsOf }, { labelsOf }] = await Promise.all([
      import('#lib/evidence/film-facts.ts'),
      import('#lib/evidence/facts.ts'),
      import('./labels.ts'),
    ]);
    const sources = { features: features.output, objects: objects.output };
    const spans = scenesInSource(scenes.output.scenes, length.output);
    const input = {
      description: description.output.text,
      isByRules: description.maker.name === 'rules',
      facts: description.output.facts ?? filmFactsOf(sources, source.output.kind === 'picture' ? [] : spans),
      labels: labelsOf(objects.output, features.output),
      added: objects.output.added,
      mood: features.output.mood,
      seed: seedOfSource(source.output.md5),
      scenes: spans.map((scene) => ({
        id: scene.id,
        facts: factsOf(sources, scene),
        mood: features.output.scenes?.find(({ id }) => id === scene.id)?.mood ?? null,
      })),
    };
    const output = await writePrompts(input, options);
    onProgress(1);
    return { output };
  },
};
