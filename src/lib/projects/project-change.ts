import type { Entry } from '#lib/job/entry.ts';
import { diffOptions, patchOptions, type OptionChange } from '#lib/job/options-patch.ts';
import type { EditHistory } from './edit-history.ts';
import type { Project } from './project.ts';
import { diffMarks, patchMarks, type MarkChanges } from './take-marks.ts';

/** The fields of a project that change as a whole. */
const FIELDS = ['title', 'poster', 'remote', 'agreed', 'markers'] as const;

/** What one tab has changed since the last save: new entries, and changed fields, options and marks of takes. */
export interface ProjectChange {
  fields: Partial<Pick<Project, (typeof FIELDS)[number]>>;
  options: OptionChange[];
  entries: readonly Entry[];
  takeMarks: MarkChanges;
  /** The history of this tab, when it has changed. It replaces that of another tab. */
  history?: EditHistory;
}

/** The difference between two states of a project. */
export function changeBetween(from: Project, to: Project): ProjectChange {
  const there = new Set(from.job.entries);
  const fields = FIELDS.filter((field) => from[field] !== to[field]);
  return {
    fields: Object.fromEntries(fields.map((field) => [field, to[field]])),
    options: from.options === to.options ? [] : diffOptions(from.options, to.options),
    entries: to.job.entries.filter((entry) => !there.has(entry)),
    takeMarks: diffMarks(from.takeMarks, to.takeMarks),
  };
}

export function isEmptyChange({ fields, options, entries, takeMarks, history }: ProjectChange): boolean {
  const fieldCount = Object.keys(fields).length + Object.keys(takeMarks).length;
  return fieldCount + options.length + entries.length === 0 && !history;
}

/** A project with a change applied; other changes stay. A change to a deleted project restores it. */
export function applyChange<P extends Omit<Project, 'job'>>(project: P, change: ProjectChange): P {
  const isWorkedOn = change.options.length + change.entries.length > 0;
  return {
    ...project,
    ...change.fields,
    takeMarks: patchMarks(project.takeMarks, change.takeMarks),
    options: patchOptions(project.options, change.options),
    deletedAt: isWorkedOn ? null : project.deletedAt,
  };
}
