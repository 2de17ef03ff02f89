/** The lock that every tab of the app holds, shared, while it is open; who clears up holds it alone. */
const TAB_LOCK = 'immersivaudio-open';

/** Runs something that writes blobs; clearing up has ended when it begins, and does not begin before it ends. */
export function whileLocked<T>(work: () => Promise<T>): Promise<T> {
  return navigator.locks.request(TAB_LOCK, { mode: 'shared' }, work);
}

/** Runs something only if no tab of the app is open. */
export async function ifAlone(work: () => Promise<unknown>): Promise<void> {
  await navigator.locks.request(TAB_LOCK, { ifAvailable: true }, (lock) => (lock ? work() : undefined));
}
