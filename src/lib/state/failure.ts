/** An error for the user: its name, and one sentence. */
export interface Failure {
  name: string;
  message: string;
}

/** What browsers throw when a stored file was cleared away. */
const GONE = ['NotFoundError', 'NotReadableError'];

/** Whether an error only means that something was cancelled. */
export function isAbort(error: unknown): boolean {
  return (error as { name?: unknown } | null)?.name === 'AbortError';
}

/** Any thrown value as a Failure. Messages of the browser itself are replaced. */
export function toFailure(error: unknown): Failure {
  if (error instanceof DOMException) {
    return GONE.includes(error.name)
      ? { name: 'BlobMissingError', message: 'A file of this project is not stored on this device any more.' }
      : { name: 'BrowserError', message: 'The browser refused something that this page needs.' };
  }
  if (error instanceof Error) return { name: error.name, message: error.message };
  return { name: 'Error', message: 'Something went wrong that this app did not foresee.' };
}

/** The failure to read some entries of a project. */
export function leftOut(count: number): Failure {
  const message = `Parts of this project could not be read and are left out: ${count} entries. They stay stored.`;
  return { name: 'JobDocumentError', message };
}
