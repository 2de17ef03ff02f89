import { digestOf } from '#lib/job/digest-of.ts';
import type { Entry, StepName } from '#lib/job/entry.ts';

const digests = new WeakMap<object, Promise<string>>();

/**
 * The key of an entry: a digest of the step, its version, its options and what it read.
 * Two runs with equal keys give equal results, so the second is not needed.
 */
export async function entryKey(
  step: StepName,
  version: number,
  options: object,
  inputs: readonly Entry[],
): Promise<string> {
  const read = await Promise.all(inputs.map(async (entry) => [entry.step, await outputDigest(entry)]));
  return digestOf(canonical({ step, version, options, read }));
}

/** Digest of what an entry put down, remembered as long as the entry lives. */
function outputDigest(entry: Entry): Promise<string> {
  let known = digests.get(entry);
  if (!known) digests.set(entry, (known = digestOf(canonical(entry.output))));
  return known;
}

/** JSON with the fields in alphabetical order, so that equal values give equal text. */
function canonical(value: unknown): string {
  return JSON.stringify(value, (_, part: unknown) =>
    part && typeof part === 'object' && !Array.isArray(part)
      ? Object.fromEntries(Object.entries(part).sort(([a], [b]) => (a < b ? -1 : 1)))
      : part,
  );
}
