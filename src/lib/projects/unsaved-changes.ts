import { readEntries } from './read-rows.ts';
import type { ProjectChange } from './project-change.ts';

const PREFIX = 'immersivaudio-unsaved-';

/** Tells the tabs of one project apart. */
const tab = Math.random().toString(36).slice(2, 10);

/**
 * Notes what is not saved yet while the page goes away: writing to localStorage is over when it returns, where a
 * database may be shut before it has answered. Does nothing when storage is refused or full.
 */
export function noteUnsaved(id: string, change: ProjectChange): void {
  try {
    localStorage.setItem(`${PREFIX}${id}-${tab}`, JSON.stringify(change));
  } catch {
    // It is a second net below the database, which is asked too.
  }
}

/** Forgets what this tab noted. */
export function forgetUnsaved(id: string): void {
  try {
    localStorage.removeItem(`${PREFIX}${id}-${tab}`);
  } catch {
    // Where storage is refused there is nothing to forget.
  }
}

/** What pages that went away had noted about a project, each once. */
export function takeUnsaved(id: string): ProjectChange[] {
  const changes: ProjectChange[] = [];
  try {
    for (const key of Object.keys(localStorage).filter((name) => name.startsWith(`${PREFIX}${id}-`))) {
      const { fields, options, entries } = JSON.parse(localStorage.getItem(key)!) as ProjectChange;
      const rows = entries.map((entry) => ({ project: id, entry }));
      changes.push({ fields, options, entries: readEntries(rows).entries });
      localStorage.removeItem(key);
    }
  } catch {
    // Refused, or written by something else.
  }
  return changes;
}
