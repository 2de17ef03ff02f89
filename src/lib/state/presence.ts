/** The lock that every tab of the app holds, shared, while it is open; alone it is held by who clears up. */
export const PRESENCE = 'immersivaudio-open';

/** Runs something that writes blobs; clearing up has ended when it begins, and does not begin before it ends. */
export function whilePresent<T>(work: () => Promise<T>): Promise<T> {
  return navigator.locks.request(PRESENCE, { mode: 'shared' }, work);
}
