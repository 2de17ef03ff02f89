import type { Step } from '#lib/job/step.ts';
import { meta } from './meta.ts';
import type { SoundEngine } from './sound-engine.ts';
import { soundtrackRequest } from './soundtrack-request.ts';
import { synthEngine } from './synth-engine.ts';

/** Every engine that can be chosen. A new one is one line here. */
export const ENGINES: readonly SoundEngine[] = [synthEngine];

/** The room where the music and the effects are made. */
export const soundtrackStep: Step<'soundtrack', 'source' | 'prompt' | 'visual'> = {
  ...meta,
  async run({ source, prompt, visual }, options, context) {
    const engine = ENGINES.find(({ name }) => name === options.engine);
    if (!engine) {
      const names = ENGINES.map(({ name }) => name).join(', ');
      throw new TypeError(`The sound engine is one of: ${names}. "${options.engine}" is none.`);
    }
    const inputs = { source: source.output, prompt: prompt.output, visual: visual.output };
    return engine.render(soundtrackRequest(inputs, options), context);
  },
};
