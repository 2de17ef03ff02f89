import type { Entry, EntryOf } from './entry.ts';
import { entriesOf, type Job } from './job.ts';

/**
 * The takes of a project, oldest first: its soundtracks, each once, without edits that a later edit of the same take
 * has replaced. The edit with the key `chosen` stands for its take in place of the latest.
 */
export function takesOf(job: Job, chosen: string | null = null): EntryOf<'soundtrack'>[] {
  const all = entriesOf(job, 'soundtrack');
  const replaced = replacedEdits(job);
  const back = all.findLast((entry) => entry.key === chosen && replaced.has(entry));
  const isShown = (entry: EntryOf<'soundtrack'>) =>
    entry === back ||
    (!replaced.has(entry) && !(back && entry.options.score && takeOf(entry) === takeOf(back)));
  const takes = all.filter(isShown);
  return [...new Map(takes.map((take) => [take.key, take])).values()];
}

/**
 * Entries that nobody needs any more. Every change of a score makes a soundtrack, but only the latest one of a take counts;
 * every change of clips makes an assembly, but only the latest one of a soundtrack counts. What a mix or a film was made
 * from is kept, and so are soundtracks that `isChosen` tells of.
 */
export function replacedEdits(
  job: Job,
  isChosen: (take: EntryOf<'soundtrack'>) => boolean = () => false,
): ReadonlySet<Entry> {
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
    const isReplaced = take !== null && latest.has(take) && !isUsed && !isChosen(entry);
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

/**
 * The id of a take, which stays the same when it is edited: its key, or for an edited one a hash (FNV-1a, 64 bit) of
 * what all its edits have in common.
 */
export function takeId(entry: EntryOf<'soundtrack'>): string {
  if (!entry.options.score) return entry.key;
  let hash = 0xcbf29ce484222325n;
  for (const code of new TextEncoder().encode(takeOf(entry)))
    hash = BigInt.asUintN(64, (hash ^ BigInt(code)) * 0x100000001b3n);
  return `edit-${hash.toString(16)}`;
}

/** The seed of a take: the user's, else the one that the source gave. */
export function seedOfTake({ options, output }: EntryOf<'soundtrack'>): number {
  return options.seed ?? output.score?.seed ?? 1;
}
