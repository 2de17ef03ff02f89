import { readEntries } from './read-rows.ts';
import type { ProjectChange } from './project-change.ts';

const PREFIX = 'immersivaudio-unsaved-';

/** Distinguishes the tabs of one project. */
const tab = Math.random().toString(36).slice(2, 10);

/**
 * Writes unsaved changes to localStorage when the page is being closed: that is synchronous, while the database may not
 * finish in time. Does nothing when storage is refused or full.
 */
export function noteUnsaved(id: string, change: ProjectChange): void {
  for (const part of [change, { ...change, history: undefined }]) {
    try {
      return localStorage.setItem(`${PREFIX}${id}-${tab}`, JSON.stringify(part));
    } catch {
      // The database has been asked to save the same.
    }
  }
}

/** Removes what this tab has written. */
export function forgetUnsaved(id: string): void {
  try {
    localStorage.removeItem(`${PREFIX}${id}-${tab}`);
  } catch {
    // Storage is refused, so nothing was written.
  }
}

/** The unsaved changes of closed pages for a project; each is returned once. */
export function takeUnsaved(id: string): ProjectChange[] {
  const changes: ProjectChange[] = [];
  try {
    for (const key of Object.keys(localStorage).filter((name) => name.startsWith(`${PREFIX}${id}-`))) {
      const change = JSON.parse(localStorage.getItem(key)!) as ProjectChange;
      const rows = change.entries.map((entry) => ({ project: id, entry }));
      changes.push({ ...change, takeMarks: change.takeMarks ?? {}, entries: readEntries(rows).entries });
      localStorage.removeItem(key);
    }
  } catch {
    // Storage is refused, or the value is not ours.
  }
  return changes;
}
