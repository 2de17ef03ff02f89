import type { Entry, EntryOf } from './entry.ts';
import { entriesOf, type Job } from './job.ts';

/**
 * The takes of a project, oldest first: its soundtracks, each once, without the edits that a later edit of the same take
 * replaced.
 */
export function takesOf(job: Job): EntryOf<'soundtrack'>[] {
  const replaced = replacedEdits(job);
  const takes = entriesOf(job, 'soundtrack').filter((entry) => !replaced.has(entry));
  return [...new Map(takes.map((take) => [take.key, take])).values()];
}

/**
 * Edits that nobody comes back to: while lanes are being edited every change is a soundtrack, but only the latest of a
 * take counts. What something else was made from stays.
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

/** What edits of one take have in common: all but the score. */
function takeOf({ inputs, options }: EntryOf<'soundtrack'>): string {
  return JSON.stringify([inputs, { ...options, score: null }]);
}
