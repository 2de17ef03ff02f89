import type { Step } from '#lib/job/step.ts';
import type { Describer } from './describer.ts';
import { measuredDescriber } from './measured.ts';
import { DESCRIPTION } from './meta.ts';

/**
 * The step with these describers to choose from.
 * @throws TypeError (from `run`) when the options name none of them.
 */
export function createDescriptionStep(
  describers: readonly Describer[],
): Step<'description', 'source' | 'visual' | 'best-frame'> {
  return {
    ...DESCRIPTION,
    async run(inputs, options, { signal, onProgress }) {
      signal.throwIfAborted();
      const describer = describers.find(({ name }) => name === options.describer);
      if (!describer) {
        const names = describers.map(({ name }) => name).join(', ');
        throw new TypeError(`A describer named one of ${names} was wanted; "${options.describer}" is none.`);
      }
      const visual = inputs.visual.output;
      const look = visual.looks[inputs['best-frame'].output.index];
      if (!look)
        throw new TypeError('The looks of the best frame were wanted; the visual entry has none for it.');
      const { kind } = inputs.source.output;
      const made = await describer.describe({ kind, question: options.question, look, visual }, signal);
      onProgress(1);
      return { describer: describer.name, made, text: options.text?.trim() || made };
    },
  };
}

/** The room that finds words for the best frame. */
export const descriptionStep = createDescriptionStep([measuredDescriber]);
