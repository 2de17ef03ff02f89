import * as v from 'valibot';
import { JobSchema, type Job } from './job.ts';

/** From the schema number of a stored document to the function that brings it one number further. */
const MIGRATIONS: Partial<Record<number, (document: object) => object>> = {};

/** A stored document could not be understood. */
export class JobDocumentError extends Error {
  override name = 'JobDocumentError';
}

/**
 * Reads a job document from storage, a file or a link, and brings older ones up to date.
 * @throws JobDocumentError naming the first field that is wrong.
 */
export function readJob(data: unknown): Job {
  let document = data;
  for (let migrate; (migrate = MIGRATIONS[schemaNumber(document)]);) {
    document = migrate(document as object);
  }
  const result = v.safeParse(JobSchema, document);
  if (result.success) return result.output;
  const issue = result.issues[0];
  const path = v.getDotPath(issue);
  throw new JobDocumentError(
    `This is not a job document that this version can read: ${path ? `at "${path}" ` : ''}${issue.message}.`,
  );
}

function schemaNumber(document: unknown): number {
  const number = (document as { schema?: unknown } | null)?.schema;
  return typeof number === 'number' ? number : NaN;
}
