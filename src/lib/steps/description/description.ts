import type { OptionsOf } from '#lib/job/entry.ts';
import { deviceMaker } from '#lib/job/maker.ts';
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
    const text = await describer.describe(asked, context);
    return { output: { text }, maker: deviceMaker(describer.name) };
  } catch (error) {
    const { name, message } = error as Error;
    if (REFUSALS.includes(name)) throw error;
    const text = await rulesDescriber.describe(asked, context);
    return { output: { text, why: message }, maker: deviceMaker(rulesDescriber.name) };
  }
}

function findDescriber({ describer, device }: OptionsOf<'description'>): Describer {
  if (describer === rulesDescriber.name) return rulesDescriber;
  // The app asks a server only when the user says so; its answer is an entry that is found before this runs.
  if (describer === SERVER) throw new TypeError('The server was not asked about this frame.');
  return neuralDescriber(describer, device);
}

const needs = filmNeeds('source', 'frames', 'features', 'best-frame');

/** The step that describes the best frame. */
export const descriptionStep: Step<'description', typeof needs> = {
  name: 'description',
  version: 2,
  about: ['film'],
  needs,
  readsBlobs: ({ describer }) => ([rulesDescriber.name, SERVER].includes(describer) ? [] : ['frames']),
  async run(inputs, options, context) {
    const features = inputs.features.output;
    const { index } = inputs['best-frame'].output;
    const frame = features.frames[index];
    const picture = inputs.frames.output.frames[index]?.blob;
    if (!frame || !picture)
      throw new TypeError('The features of the best frame were wanted; the entries have none for it.');
    const { kind } = inputs.source.output;
    const result = await describe({ kind, picture, frame, features }, options, context);
    context.onProgress(1);
    return result;
  },
  // A model that was missing or failed may work the next time; so may a server.
  isLasting: ({ options, maker }) =>
    options.describer === SERVER ? maker.where === 'server' : options.describer === maker.name,
};
