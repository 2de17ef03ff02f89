/** What a job is told for which there was no room left. */
export class DiskFullError extends Error {
  override name = 'DiskFullError';

  constructor() {
    super('The disk of the server is full, so this could not be stored. Try again later.');
  }
}

/** SQLite's "database or disk is full". */
const SQLITE_FULL = 13;

/** True for what the system or SQLite throw when a disk or a quota is full. */
export function isDiskFull(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const { code, errcode } = error as { code?: unknown; errcode?: unknown };
  if (code === 'ENOSPC' || code === 'EDQUOT' || error instanceof DiskFullError) return true;
  return errcode === SQLITE_FULL;
}

/** Writes what is nice to have: without room it is left out. */
export function ifThereIsRoom(write: () => void): void {
  try {
    write();
  } catch (error) {
    if (!isDiskFull(error)) throw error;
  }
}
