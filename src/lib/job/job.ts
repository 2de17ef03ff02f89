import * as v from 'valibot';
import { EntrySchema, type Entry, type EntryOf, type StepName } from './entry.ts';
import { SCHEMA } from './options.ts';
import { FILM, type Subject } from './subject.ts';

/** The job document: everything that was found out and made for one source. Entries are added, never changed. */
export const JobSchema = v.object({
  schema: v.literal(SCHEMA),
  id: v.string(),
  createdAt: v.pipe(v.string(), v.isoTimestamp()),
  entries: v.array(EntrySchema),
});
export interface Job {
  schema: typeof SCHEMA;
  id: string;
  createdAt: string;
  entries: readonly Entry[];
}

/** A new document without entries. */
export function createJob(): Job {
  return { schema: SCHEMA, id: crypto.randomUUID(), createdAt: new Date().toISOString(), entries: [] };
}

/** A copy of the document with one more entry. */
export function append(job: Job, entry: Entry): Job {
  return { ...job, entries: [...job.entries, entry] };
}

/** The newest entry of a step for a subject; with a key, the newest one with that key. */
export function findEntry<N extends StepName>(
  job: Job,
  step: N,
  key?: string,
  subject: Subject = FILM,
): EntryOf<N> | undefined {
  return job.entries.findLast(
    (entry) => entry.step === step && entry.subject === subject && (key === undefined || entry.key === key),
  ) as EntryOf<N> | undefined;
}

/** The entry of a step that another entry has read. */
export function inputOf<N extends StepName>(job: Job, entry: Entry, step: N): EntryOf<N> | undefined {
  const keys = Object.values(entry.inputs).flat();
  return job.entries.findLast((each) => each.step === step && keys.includes(each.key)) as
    EntryOf<N> | undefined;
}

/** All entries of a step, oldest first. */
export function entriesOf<N extends StepName>(job: Job, step: N): EntryOf<N>[] {
  return job.entries.filter((entry): entry is Entry & EntryOf<N> => entry.step === step);
}

/** The names of all blobs that a document, or a part of it, refers to. */
export function blobNames(part: unknown): Set<string> {
  const names = JSON.stringify(part).matchAll(/"((?:sha256-[0-9a-f]{64})|(?:md5-[0-9a-f]{32}))"/g);
  return new Set(Array.from(names, (match) => match[1]!));
}
