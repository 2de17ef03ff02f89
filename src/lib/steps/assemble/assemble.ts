import { withoutClips } from '#lib/job/assembly.ts';
import { filmNeeds, type Step } from '#lib/job/step.ts';

const needs = filmNeeds('soundtrack');

/** The step that lays the clips of the user onto the stems of a soundtrack. */
export const assembleStep: Step<'assemble', typeof needs> = {
  name: 'assemble',
  version: 1,
  about: ['film'],
  needs,
  isAutomatic: true,
  run: ({ soundtrack }) => Promise.resolve({ output: withoutClips(soundtrack.output) }),
  replans: () => false,
};
