/** A lock that every open tab of the app holds as shared; clean-up holds it exclusively. */
const TAB_LOCK = 'immersivaudio-open';

/** Runs something that writes blobs, never at the same time as clean-up. */
export function whileLocked<T>(work: () => Promise<T>): Promise<T> {
  return navigator.locks.request(TAB_LOCK, { mode: 'shared' }, work);
}

/** Runs something only if no tab of the app is open. */
export async function ifAlone(work: () => Promise<unknown>): Promise<void> {
  await navigator.locks.request(TAB_LOCK, { ifAvailable: true }, (lock) => (lock ? work() : undefined));
}
