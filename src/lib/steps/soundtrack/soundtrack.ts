import type { SoundtrackOutput } from '#lib/job/entries/soundtrack.ts';
import type { SoundtrackRequest } from '#lib/job/score.ts';
import type { Step, StepContext } from '#lib/job/step.ts';
import { meta } from './meta.ts';
import type { SoundEngine } from './sound-engine.ts';
import { soundtrackRequest } from './soundtrack-request.ts';
import { synthEngine } from './synth-engine.ts';

/** Every engine that can be chosen. A new one is one line here. */
export const ENGINES: readonly SoundEngine[] = [synthEngine];

/**
 * Makes music and effects with the engine of that name.
 * @throws TypeError when there is no such engine; StorageFullError when the device is full.
 */
export async function makeSoundtrack(
  engineName: string,
  request: SoundtrackRequest,
  context: StepContext,
): Promise<SoundtrackOutput> {
  const engine = ENGINES.find(({ name }) => name === engineName);
  if (engine) return engine.render(request, context);
  const names = ENGINES.map(({ name }) => name).join(', ');
  throw new TypeError(`The sound engine is one of: ${names}. "${engineName}" is none.`);
}

/** The room where the music and the effects are made. */
export const soundtrackStep: Step<'soundtrack', 'source' | 'prompt' | 'visual' | 'objects'> = {
  ...meta,
  async run({ source, prompt, visual, objects }, options, context) {
    const inputs = {
      source: source.output,
      prompt: prompt.output,
      visual: visual.output,
      objects: objects.output,
    };
    return makeSoundtrack(options.engine, soundtrackRequest(inputs, options), context);
  },
};
