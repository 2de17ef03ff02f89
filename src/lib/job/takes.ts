import type { Entry, EntryOf } from './entry.ts';
import type { Job } from './job.ts';

/**
 * The document without the edits that a new one replaces: while lanes are being edited every change is a soundtrack,
 * but only the latest of a take is one that people come back to. What something else was made from stays.
 */
export function withoutReplacedEdits(job: Job, entry: Entry): Job {
  if (entry.step !== 'soundtrack' || !entry.options.score) return job;
  const used = new Set(job.entries.flatMap((each) => Object.values(each.inputs)));
  const take = takeOf(entry);
  const entries = job.entries.filter(
    (each) =>
      each.step !== 'soundtrack' || !each.options.score || used.has(each.key) || takeOf(each) !== take,
  );
  return { ...job, entries };
}

/** What edits of one take have in common: all but the score. */
function takeOf({ inputs, options }: EntryOf<'soundtrack'>): string {
  return JSON.stringify([inputs, { ...options, score: null }]);
}
