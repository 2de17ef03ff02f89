import type { LengthOutput } from '#lib/job/entries/length.ts';
import type { SourceOutput } from '#lib/job/entries/source.ts';
import type { OptionsOf } from '#lib/job/entry.ts';
import { filmNeeds, type Step } from '#lib/job/step.ts';

/** The time span of the film: all of a video; for a picture, the length in the options. */
export function filmLength(
  { startSeconds, durationSeconds }: Pick<SourceOutput, 'startSeconds' | 'durationSeconds'>,
  options: OptionsOf<'length'>,
): LengthOutput {
  return { startSeconds, durationSeconds: durationSeconds ?? options.durationSeconds };
}

const needs = filmNeeds('source');

/** The step that determines the length of the film. */
export const lengthStep: Step<'length', typeof needs> = {
  name: 'length',
  version: 1,
  about: ['film'],
  needs,
  readsBlobs: () => [],
  run: ({ source }, options) => Promise.resolve({ output: filmLength(source.output, options) }),
};
