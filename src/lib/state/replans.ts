import type { StepName } from '#lib/job/entry.ts';

/** Steps behind the soundtrack: what they do has no say in what is played. */
const BEHIND: readonly StepName[] = ['mix', 'film', 'original'];
/** Options of the soundtrack under which the same lanes are played: another seed plays them in another way. */
const KEEPS_LANES: readonly string[] = ['score', 'seed'];

/**
 * Whether a change of options asks for another plan, so that lanes which were edited by hand no longer fit: other
 * words, another mood, other things seen, another kind, length or engine.
 */
export function replans(step: StepName, change: object): boolean {
  if (BEHIND.includes(step)) return false;
  return step !== 'soundtrack' || Object.keys(change).some((name) => !KEEPS_LANES.includes(name));
}
