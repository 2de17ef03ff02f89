import * as v from 'valibot';
import { JobSchema, type Job } from './job.ts';
import { jobFrom1 } from './migrations/job-1.ts';
import { SCHEMA } from './options.ts';

/** Schema number of a stored document → the function that migrates it to the next schema. */
const MIGRATIONS: Partial<Record<number, (document: object) => Promise<object>>> = { 1: jobFrom1 };

/** A stored document could not be read. */
export class JobDocumentError extends Error {
  override name = 'JobDocumentError';
}

/**
 * Reads a job document from storage, a file or a link, and migrates older ones.
 * @throws JobDocumentError naming the first invalid field.
 */
export async function readJob(data: unknown): Promise<Job> {
  try {
    let document = data;
    for (let migrate; (migrate = MIGRATIONS[schemaNumber(document)]);) {
      document = await migrate(document as object);
    }
    if (schemaNumber(document) > SCHEMA)
      throw new JobDocumentError(
        'This project was made by a newer version of the app: load the page again to get that version.',
      );
    return v.parse(JobSchema, document);
  } catch (error) {
    if (error instanceof JobDocumentError) throw error;
    throw new JobDocumentError(
      `This is not a job document that this version can read: ${reason(error as Error)}.`,
    );
  }
}

function reason(error: Error): string {
  if (!(error instanceof v.ValiError)) return error.message;
  const [issue] = (error as v.ValiError<typeof JobSchema>).issues;
  const path = v.getDotPath(issue);
  return `${path ? `at "${path}" ` : ''}${issue.message}`;
}

function schemaNumber(document: unknown): number {
  const number = (document as { schema?: unknown } | null)?.schema;
  return typeof number === 'number' ? number : NaN;
}
