const KEY = 'open-project';

/** Notes which project this tab shows, so that a reload or a crash comes back to it. */
export function noteOpenHere(id: string | null): void {
  if (id) sessionStorage.setItem(KEY, id);
  else sessionStorage.removeItem(KEY);
}

/** The project that this tab showed before it was reloaded; null when it showed the start screen. */
export function openedHere(): string | null {
  return sessionStorage.getItem(KEY);
}
