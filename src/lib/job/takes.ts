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
 * Entries that nobody needs any more. Every change of a score makes a soundtrack, but only the latest one of a take counts;
 * every change of clips makes an assembly, but only the latest one of a soundtrack counts. What a mix or a film was made
 * from is kept.
 */
export function replacedEdits(job: Job): ReadonlySet<Entry> {
  const readers = job.entries.filter(({ step }) => step !== 'assemble');
  const used = new Set(readers.flatMap(({ inputs }) => Object.values(inputs).flat()));
  const assemblies = Map.groupBy(entriesOf(job, 'assemble'), ({ inputs }) => inputs['soundtrack']);
  const latest = new Set<string>();
  const replaced = new Set<Entry>();
  for (const entry of entriesOf(job, 'soundtrack').reverse()) {
    const own = assemblies.get(entry.key) ?? [];
    const unused = own.filter(({ key }) => !used.has(key));
    const isUsed = used.has(entry.key) || unused.length < own.length;
    const take = entry.options.score && takeOf(entry);
    const isReplaced = take !== null && latest.has(take) && !isUsed;
    if (take) latest.add(take);
    if (isReplaced) replaced.add(entry);
    for (const assembly of unused) if (isReplaced || assembly !== own.at(-1)) replaced.add(assembly);
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
