import type { OptionsOf } from '#lib/job/entry.ts';
import { deviceMaker } from '#lib/job/maker.ts';
import { scenesInSource } from '#lib/job/scene-span.ts';
import { filmNeeds, type Step, type StepContext, type StepResult } from '#lib/job/step.ts';
import type { Describer, DescriberInput } from './describer.ts';
import { neuralDescriber } from './neural/neural-describer.ts';
import { rulesDescriber } from './rules.ts';

export { preloadDescriber } from './neural/neural-describer.ts';

/** These errors are thrown; all others are reasons to use the rules instead. */
const REFUSALS = ['AbortError', 'BlobMissingError', 'PictureUnreadableError'];

/** The name of a generation server in the option `describer`. */
const SERVER = 'server';

/**
 * Describes a picture with the describer in the options: the rules or a model on this device. When a model fails, `why`
 * says so and the rules are used.
 * @throws BlobMissingError, PictureUnreadableError when the picture can't be read.
 */
export async function describe(
  input: Omit<DescriberInput, 'question'>,
  options: OptionsOf<'description'>,
  context: StepContext,
  find: (options: OptionsOf<'description'>) => Describer = findDescriber,
): Promise<StepResult<'description'>> {
  context.signal.throwIfAborted();
  const asked = { ...input, question: options.question };
  try {
    const describer = find(options);
    return { output: await describer.describe(asked, context), maker: deviceMaker(describer.name) };
  } catch (error) {
    const { name, message } = error as Error;
    if (REFUSALS.includes(name)) throw error;
    const described = await rulesDescriber.describe(asked, context);
    return { output: { ...described, why: message }, maker: deviceMaker(rulesDescriber.name) };
  }
}

function findDescriber({ describer, device }: OptionsOf<'description'>): Describer {
  if (describer === rulesDescriber.name) return rulesDescriber;
  // The app asks a server only when the user says so; its answer is an entry that is found before this runs.
  if (describer === SERVER) throw new TypeError('The server was not asked about this frame.');
  return neuralDescriber(describer, device);
}

const needs = filmNeeds('source', 'length', 'scenes', 'frames', 'features', 'objects', 'best-frame');

/** The step that describes the best frame. */
export const descriptionStep: Step<'description', typeof needs> = {
  name: 'description',
  version: 4,
  about: ['film'],
  needs,
  readsBlobs: ({ describer }) => ([rulesDescriber.name, SERVER].includes(describer) ? [] : ['frames']),
  async run(inputs, options, context) {
    const picture = inputs.frames.output.frames[inputs['best-frame'].output.index]?.blob;
    if (!picture) throw new TypeError('The best frame was wanted; the entry of frames does not have it.');
    const isPicture = inputs.source.output.kind === 'picture';
    const scenes = isPicture ? [] : scenesInSource(inputs.scenes.output.scenes, inputs.length.output);
    const [features, objects] = [inputs.features.output, inputs.objects.output];
    const result = await describe({ picture, features, objects, scenes }, options, context);
    context.onProgress(1);
    return result;
  },
  // A model that was missing or failed may work the next time; so may a server.
  isLasting: ({ options, maker }) =>
    options.describer === SERVER ? maker.where === 'server' : options.describer === maker.name,
};
