import type { OptionsOf } from '#lib/job/entry.ts';
import type { DescriptionOutput } from '#lib/job/entries/description.ts';
import type { Step } from '#lib/job/step.ts';
import type { Describer, DescriberInput } from './describer.ts';
import { measuredDescriber } from './measured.ts';
import { DESCRIPTION } from './meta.ts';

/** All describers that the options can name. A new one is one line here. */
const DESCRIBERS: readonly Describer[] = [measuredDescriber];

/**
 * Describes a picture by the describer that the options name; the options' text, when there is one, wins over it.
 * @throws TypeError when the options name none of the describers.
 */
export async function describe(
  input: Omit<DescriberInput, 'question'>,
  options: OptionsOf<'description'>,
  signal: AbortSignal,
  describers = DESCRIBERS,
): Promise<DescriptionOutput> {
  signal.throwIfAborted();
  const describer = describers.find(({ name }) => name === options.describer);
  if (!describer) {
    const names = describers.map(({ name }) => name).join(', ');
    throw new TypeError(`A describer named one of ${names} was wanted; "${options.describer}" is none.`);
  }
  const made = await describer.describe({ ...input, question: options.question }, signal);
  return { describer: describer.name, made, text: options.text?.trim() || made };
}

/** The room that finds words for the best frame. */
export const descriptionStep: Step<'description', 'source' | 'visual' | 'best-frame'> = {
  ...DESCRIPTION,
  async run(inputs, options, { signal, onProgress }) {
    const visual = inputs.visual.output;
    const look = visual.looks[inputs['best-frame'].output.index];
    if (!look)
      throw new TypeError('The looks of the best frame were wanted; the visual entry has none for it.');
    const output = await describe({ kind: inputs.source.output.kind, look, visual }, options, signal);
    onProgress(1);
    return output;
  },
};
