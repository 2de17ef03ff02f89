/** The error of a job whose output doesn't fit on the disk. */
export class DiskFullError extends Error {
  override name = 'DiskFullError';

  constructor() {
    super('The disk of the server is full, so this could not be stored. Try again later.');
  }
}

/** SQLite's "database or disk is full". */
const SQLITE_FULL = 13;

/** True for the errors of the system and of SQLite when a disk or a quota is full. */
export function isDiskFull(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const { code, errcode } = error as { code?: unknown; errcode?: unknown };
  if (code === 'ENOSPC' || code === 'EDQUOT' || error instanceof DiskFullError) return true;
  return errcode === SQLITE_FULL;
}

/** Does an optional write, which is skipped when the disk is full. */
export function ifThereIsRoom(write: () => void): void {
  try {
    write();
  } catch (error) {
    if (!isDiskFull(error)) throw error;
  }
}
