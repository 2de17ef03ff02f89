const KEY = 'open-project';

/** Remembers the open project of this tab, so that a reload or a crash comes back to it. */
export function rememberTabProject(id: string | null): void {
  if (id) sessionStorage.setItem(KEY, id);
  else sessionStorage.removeItem(KEY);
}

/** The project that was open in this tab before a reload; null for the start screen. */
export function tabProject(): string | null {
  return sessionStorage.getItem(KEY);
}
