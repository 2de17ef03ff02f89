import type { SoundtrackOutput } from '#lib/job/entries/soundtrack.ts';
import type { SoundtrackRequest } from '#lib/job/score.ts';
import type { OptionsOf } from '#lib/job/entry.ts';
import type { Inputs, Step, StepContext } from '#lib/job/step.ts';
import type { GenerateSpec } from '#lib/protocol/job-request.ts';
import { meta } from './meta.ts';
import { generateSpec } from './server/generate-spec.ts';
import { ServerEngine, type SoundServer } from './server/server-engine.ts';
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
  if (engineName === 'server')
    throw new TypeError('A server’s take is gone from this device: generate it again.');
  const names = ENGINES.map(({ name }) => name).join(', ');
  throw new TypeError(`The sound engine is one of: ${names}. "${engineName}" is none.`);
}

type Needs = 'source' | 'prompt' | 'visual' | 'objects';
type SoundtrackStep = Step<'soundtrack', Needs>;

/** The room where the music and the effects are made, on this device. */
export const soundtrackStep: SoundtrackStep = {
  ...meta,
  async run(inputs, options, context) {
    return makeSoundtrack(options.engine, requestOf(inputs, options), context);
  },
};

/** The same room with a line to a generation server: several takes of one job are one job. */
export function soundtrackStepOn(server: SoundServer): SoundtrackStep {
  const engine = new ServerEngine(server);
  return {
    ...meta,
    async run(inputs, options, context) {
      if (!options.server) return soundtrackStep.run(inputs, options, context);
      return engine.render(requestOf(inputs, options), options.server, context);
    },
  };
}

/** What a server would be told, and nothing else. @throws TypeError when there are no words to tell. */
export function serverSpec(inputs: Inputs<Needs>, options: OptionsOf<'soundtrack'>): GenerateSpec {
  if (!options.server) throw new TypeError('The options of a server were wanted; these are for this device.');
  return generateSpec(requestOf(inputs, options), options.server);
}

export type { ServerPhase } from './server/job-progress.ts';
export type { SoundServer } from './server/server-engine.ts';
export { planHere, reviseScore, soundCatalogue } from './synth-engine.ts';

function requestOf(
  { source, prompt, visual, objects }: Inputs<Needs>,
  options: OptionsOf<'soundtrack'>,
): SoundtrackRequest {
  return soundtrackRequest(
    { source: source.output, prompt: prompt.output, visual: visual.output, objects: objects.output },
    options,
  );
}
