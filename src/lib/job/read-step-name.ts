import { STEP_NAMES, type StepName } from './entry.ts';
import { RENAMED_STEPS } from './migrations/options-1.ts';

/**
 * Finds a step by its name, or by its name in schema 1.
 * @throws TypeError listing the steps when there is no such step.
 */
export function readStepName(name: string): StepName {
  const current = RENAMED_STEPS[name] ?? name;
  const step = STEP_NAMES.find((each) => each === current);
  if (!step) throw new TypeError(`The steps are ${STEP_NAMES.join(', ')}; "${name}" is none.`);
  return step;
}
