import type { StepName } from '#lib/job/entry.ts';
import { optionsByStep, withOptions, type Options } from '#lib/job/options.ts';
import { diffOptions } from '#lib/job/options-patch.ts';
import { replans } from './steps.ts';

/**
 * Changes options, which are given by step, such as `{ "soundtrack": { "seed": 7 } }`. An edited score is removed when a
 * change makes it obsolete, as in the editor.
 * @throws TypeError naming the first invalid option.
 */
export function changeOptions(options: Options, changes: unknown): Options {
  const changed = optionsByStep(changes, options);
  const differences = diffOptions(options, changed);
  const hasScore = differences.some(({ step, name }) => step === 'soundtrack' && name === 'score');
  const isReplanned = differences.some(({ step, name, value }) =>
    replans(step as StepName, { [name]: value }),
  );
  return isReplanned && !hasScore ? withOptions(changed, 'soundtrack', { score: null }) : changed;
}
