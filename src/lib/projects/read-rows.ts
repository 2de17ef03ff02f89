import * as v from 'valibot';
import { BlobNameSchema } from '#lib/job/blob-name.ts';
import { EntrySchema, type Entry } from '#lib/job/entry.ts';
import { JobDocumentError, readJob } from '#lib/job/migrate.ts';
import { readOptions, SCHEMA, type Options } from '#lib/job/options.ts';
import { MarkersSchema } from '#lib/job/marker.ts';
import type { EntryRow, HeadRow } from './project-database.ts';
import type { Project } from './project.ts';
import { TakeMarksSchema } from './take-marks.ts';

const text = v.string();
const options = v.pipe(
  v.unknown(),
  v.rawTransform(({ dataset, addIssue, NEVER }): Options => {
    try {
      return readOptions(dataset.value);
    } catch (error) {
      addIssue({ message: (error as Error).message });
      return NEVER;
    }
  }),
);

/** The fields of a head in every schema. */
const HeadSchema = v.object({
  id: text,
  title: text,
  createdAt: text,
  updatedAt: text,
  options,
  poster: v.nullable(BlobNameSchema),
  deletedAt: v.nullable(text),
  remote: v.optional(v.nullable(v.object({ job: text, origin: text, options }))),
  agreed: v.optional(v.array(text), []),
  takeMarks: v.optional(TakeMarksSchema, {}),
  markers: v.optional(MarkersSchema, []),
});

/** A project from its rows, and the number of entries that can't be read and are left out. */
export interface ReadRows {
  project: Project;
  unreadable: number;
}

/** Whether a row is a whole project of schema 1, with its document inside. */
export function isSchema1(row: object): row is { job: unknown } {
  return 'job' in row;
}

/**
 * Builds a project from its rows, and migrates one of an older schema.
 * @throws JobDocumentError saying what is wrong, when its head, its source or an older document can't be read.
 */
export async function readRows(row: HeadRow, entryRows: readonly EntryRow[]): Promise<ReadRows> {
  const result = v.safeParse(HeadSchema, row);
  if (!result.success) {
    const [issue] = result.issues;
    throw new JobDocumentError(
      `This project is damaged and can't be opened: at "${v.getDotPath(issue) ?? ''}" ${issue.message}.`,
    );
  }
  const { remote = null, ...head } = result.output;
  const read = isSchema1(row)
    ? { entries: (await readJob(row.job)).entries, unreadable: 0 }
    : readEntries(entryRows);
  if (!read.entries.some(({ step }) => step === 'source'))
    throw new JobDocumentError('This project is damaged: it no longer says what it was made from.');
  const job = { schema: SCHEMA, id: head.id, createdAt: head.createdAt, entries: read.entries } as const;
  return { project: { ...head, remote, job }, unreadable: read.unreadable };
}

/** The entries of the rows, in order; unreadable ones are counted. */
export function readEntries(rows: readonly EntryRow[]): { entries: Entry[]; unreadable: number } {
  const results = rows.map(({ entry }) => v.safeParse(EntrySchema, entry));
  const entries = results.flatMap((result) => (result.success ? [result.output] : []));
  return { entries, unreadable: rows.length - entries.length };
}
