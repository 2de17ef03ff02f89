import * as v from 'valibot';
import { EntrySchema, type Entry, type EntryOf, type StepName } from './entry.ts';

/** The document that walks through the house: it grows, and nothing in it is ever rewritten. */
export const JobSchema = v.object({
  schema: v.literal(1),
  id: v.string(),
  createdAt: v.pipe(v.string(), v.isoTimestamp()),
  entries: v.array(EntrySchema),
});
export interface Job {
  schema: 1;
  id: string;
  createdAt: string;
  entries: readonly Entry[];
}

/** A fresh document without entries. */
export function createJob(): Job {
  return { schema: 1, id: crypto.randomUUID(), createdAt: new Date().toISOString(), entries: [] };
}

/** A new document with one more entry. The one given stays as it is. */
export function append(job: Job, entry: Entry): Job {
  return { ...job, entries: [...job.entries, entry] };
}

/** The newest entry of a step, or the one with the given key. */
export function findEntry<N extends StepName>(job: Job, step: N, key?: string): EntryOf<N> | undefined {
  return job.entries.findLast((entry) => entry.step === step && (key === undefined || entry.key === key)) as
    EntryOf<N> | undefined;
}

/** All entries of a step, oldest first: for `soundtrack` these are the takes. */
export function entriesOf<N extends StepName>(job: Job, step: N): EntryOf<N>[] {
  return job.entries.filter((entry): entry is Entry & EntryOf<N> => entry.step === step);
}

/** The names of all blobs that a document (or any part of it) refers to. */
export function blobNames(part: unknown): Set<string> {
  const names = JSON.stringify(part).matchAll(/"((?:sha256-[0-9a-f]{64})|(?:md5-[0-9a-f]{32}))"/g);
  return new Set(Array.from(names, (match) => match[1]!));
}
