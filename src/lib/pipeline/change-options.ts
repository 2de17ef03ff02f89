import type { StepName } from '#lib/job/entry.ts';
import { optionsByStep, withOptions, type Options, type Overrides } from '#lib/job/options.ts';
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

/** Options with changes of several steps. An edited score that they make obsolete is removed, unless they set one. */
export function withChanges(options: Options, changes: Overrides): Options {
  const entries = Object.entries(changes) as [StepName, object][];
  const changed = entries.reduce((all, [step, change]) => withOptions(all, step, change), options);
  const hasScore = changes.soundtrack?.score !== undefined;
  const isReplanned = entries.some(([step, change]) => replans(step, change));
  return isReplanned && !hasScore ? withOptions(changed, 'soundtrack', { score: null }) : changed;
}
