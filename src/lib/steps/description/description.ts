import type { OptionsOf } from '#lib/job/entry.ts';
import type { DescriptionOutput } from '#lib/job/entries/description.ts';
import type { Step, StepContext } from '#lib/job/step.ts';
import type { Describer, DescriberInput } from './describer.ts';
import { measuredDescriber } from './measured.ts';
import { DESCRIPTION } from './meta.ts';
import { neuralDescriber } from './neural/neural-describer.ts';

export { wakeDescriber } from './neural/neural-describer.ts';

/** These are told to whoever called; all others are reasons to go on with what was measured. */
const REFUSALS = ['AbortError', 'BlobMissingError', 'PictureUnreadableError'];

/**
 * Describes a picture by the describer that the options name: the built-in one or a model of this device. Whatever is
 * wrong with a model is told in `why`, and the built-in one stands in. The options' text, when there is one, wins.
 * @throws BlobMissingError, PictureUnreadableError when the picture is what is wrong.
 */
export async function describe(
  input: Omit<DescriberInput, 'question'>,
  options: OptionsOf<'description'>,
  context: StepContext,
  find: (options: OptionsOf<'description'>) => Describer = findDescriber,
): Promise<DescriptionOutput> {
  context.signal.throwIfAborted();
  const asked = { ...input, question: options.question };
  const own = options.text?.trim() ?? '';
  try {
    const describer = find(options);
    const made = await describer.describe(asked, context);
    return { describer: describer.name, made, text: own || made };
  } catch (error) {
    const { name, message } = error as Error;
    if (REFUSALS.includes(name)) throw error;
    const made = await measuredDescriber.describe(asked, context);
    return { describer: measuredDescriber.name, why: message, made, text: own || made };
  }
}

function findDescriber({ describer, device, text }: OptionsOf<'description'>): Describer {
  if (describer === measuredDescriber.name) return measuredDescriber;
  return neuralDescriber(describer, device, text?.trim() ? 'remembered' : 'asked');
}

/** The room that finds words for the best frame. */
export const descriptionStep: Step<'description', 'source' | 'frames' | 'visual' | 'best-frame'> = {
  ...DESCRIPTION,
  async run(inputs, options, context) {
    const visual = inputs.visual.output;
    const { index } = inputs['best-frame'].output;
    const look = visual.looks[index];
    const picture = inputs.frames.output.frames[index]?.blob;
    if (!look || !picture)
      throw new TypeError('The looks of the best frame were wanted; the entries have none for it.');
    const { given } = options;
    if (given?.frame === index) {
      context.onProgress(1);
      return { describer: given.describer, made: given.made, text: options.text?.trim() || given.made };
    }
    const output = await describe(
      { kind: inputs.source.output.kind, picture, look, visual },
      options,
      context,
    );
    context.onProgress(1);
    return output;
  },
  // A model that was missing or failed may do it the next time.
  isLasting: ({ options, output }) =>
    Boolean(options.text?.trim()) || [options.describer, options.given?.describer].includes(output.describer),
};
