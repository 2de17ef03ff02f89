import { ownSounds } from '#lib/job/assembly.ts';
import type { StepName } from '#lib/job/entry.ts';
import { optionsByStep, withOptions, type Options, type Overrides } from '#lib/job/options.ts';
import { diffOptions } from '#lib/job/options-patch.ts';
import { replans } from './steps.ts';

/**
 * Changes options, which are given by step, such as `{ "soundtrack": { "seed": 7 } }`. What a change makes obsolete is
 * removed, as in the editor: an edited score, and parts made anew.
 * @throws TypeError naming the first invalid option.
 */
export function changeOptions(options: Options, changes: unknown): Options {
  const changed = optionsByStep(changes, options);
  const overrides: Record<string, Record<string, unknown>> = {};
  for (const { step, name, value } of diffOptions(options, changed)) (overrides[step] ??= {})[name] = value;
  return withoutObsolete(changed, overrides);
}

/** Options with changes of several steps. What they make obsolete is removed, unless they set it. */
export function withChanges(options: Options, changes: Overrides): Options {
  const entries = Object.entries(changes) as [StepName, object][];
  const changed = entries.reduce((all, [step, change]) => withOptions(all, step, change), options);
  return withoutObsolete(changed, changes);
}

/** Another plan makes an edited score obsolete; that and another seed make a new take, without parts made anew. */
function withoutObsolete(options: Options, changes: Overrides): Options {
  const isReplanned = (Object.entries(changes) as [StepName, object][]).some(([step, change]) =>
    replans(step, change),
  );
  const isNewTake = isReplanned || changes.soundtrack?.seed !== undefined;
  let left = options;
  if (isReplanned && changes.soundtrack?.score === undefined)
    left = withOptions(left, 'soundtrack', { score: null });
  if (isNewTake && changes.assemble?.clips === undefined)
    left = withOptions(left, 'assemble', { clips: ownSounds(left.all.assemble.clips) });
  return left;
}
