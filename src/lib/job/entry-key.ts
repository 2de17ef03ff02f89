import { digestOf } from './digest.ts';
import type { Entry, StepName } from './entry.ts';
import type { Span } from './subject.ts';

/** Everything that an output depends on. */
export interface Dependencies {
  step: StepName;
  /** Version of the step. */
  version: number;
  options: object;
  /** The inputs, by role. */
  inputs: Readonly<Record<string, Entry | readonly Entry[]>>;
  /** The time span of a scene or clip; the film's span is one of its inputs. */
  span: Span | null;
}

const digests = new WeakMap<object, Promise<string>>();

/**
 * The key of an entry: a digest of the step, its version, its options, its inputs and the time span of its subject.
 * Runs with equal keys give equal results, so a second one is unnecessary.
 */
export async function entryKey({ step, version, options, inputs, span }: Dependencies): Promise<string> {
  const read = Object.fromEntries(
    await Promise.all(
      Object.entries(inputs).map(async ([role, entries]) => [
        role,
        Array.isArray(entries)
          ? await Promise.all(entries.map(contentDigest))
          : await contentDigest(entries as Entry),
      ]),
    ),
  ) as object;
  const stretch = span && { startSeconds: span.startSeconds, endSeconds: span.endSeconds };
  return digestOf(canonical({ step, version, options, read, stretch }));
}

/** Digest of an entry's output and maker, cached as long as the entry exists. */
function contentDigest(entry: Entry): Promise<string> {
  let known = digests.get(entry);
  if (!known) {
    const { output, maker } = entry;
    digests.set(entry, (known = digestOf(canonical([output, maker.where, maker.name]))));
  }
  return known;
}

/** JSON with sorted field names, so that equal values give equal text. */
export function canonical(value: unknown): string {
  return JSON.stringify(value, (_, part: unknown) =>
    part && typeof part === 'object' && !Array.isArray(part)
      ? Object.fromEntries(Object.entries(part).sort(([a], [b]) => (a < b ? -1 : 1)))
      : part,
  );
}
