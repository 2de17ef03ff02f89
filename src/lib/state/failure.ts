/** A refusal as the user reads it: the kind of error, and one sentence. */
export interface Failure {
  name: string;
  message: string;
}

/** Whether an error only says that somebody cancelled. */
export function isAbort(error: unknown): boolean {
  return (error as { name?: unknown } | null)?.name === 'AbortError';
}

/** Any thrown thing as a Failure. */
export function toFailure(error: unknown): Failure {
  if (error instanceof Error) return { name: error.name, message: error.message };
  return { name: 'Error', message: String(error) };
}
