import type { Entry, EntryOf } from './entry.ts';
import { entriesOf, type Job } from './job.ts';

/**
 * The takes of a project, oldest first: its soundtracks, each once, without edits that a later edit of the same take
 * has replaced.
 */
export function takesOf(job: Job): EntryOf<'soundtrack'>[] {
  const replaced = replacedEdits(job);
  const takes = entriesOf(job, 'soundtrack').filter((entry) => !replaced.has(entry));
  return [...new Map(takes.map((take) => [take.key, take])).values()];
}

/**
 * Edits that nobody needs any more: every change of a score makes a soundtrack, but only the latest one of a take
 * counts. Soundtracks that other entries were made from are kept.
 */
export function replacedEdits(job: Job): ReadonlySet<Entry> {
  const used = new Set(job.entries.flatMap(({ inputs }) => Object.values(inputs).flat()));
  const latest = new Set<string>();
  const replaced = new Set<Entry>();
  for (const entry of entriesOf(job, 'soundtrack').reverse()) {
    if (!entry.options.score) continue;
    const take = takeOf(entry);
    if (latest.has(take) && !used.has(entry.key)) replaced.add(entry);
    latest.add(take);
  }
  return replaced;
}

/** What all edits of one take have in common: everything but the score. */
function takeOf({ inputs, options }: EntryOf<'soundtrack'>): string {
  return JSON.stringify([inputs, { ...options, score: null }]);
}

/** The seed of a take: the user's, else the one that the source gave. */
export function seedOfTake({ options, output }: EntryOf<'soundtrack'>): number {
  return options.seed ?? output.score?.seed ?? 1;
}
