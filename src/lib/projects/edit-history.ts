import * as v from 'valibot';
import { DeltaError, diffJson, invertDelta, patchJson, type Delta } from '#lib/job/delta.ts';
import { readOptions, SCHEMA } from '#lib/job/options.ts';
import type { Project } from './project.ts';

/** What an edit does, and to what, in no language: `{ does: 'move', what: 'waves' }`. */
export interface EditName {
  does: string;
  what?: string | undefined;
}

/** Everything that an edit can change. */
export type Edited = Pick<Project, 'title' | 'takeMarks' | 'markers' | 'options'>;

/** One edit, which can be undone and redone. */
export interface EditStep {
  name: EditName;
  /** The difference that it makes to `Edited`. */
  delta: Delta;
  /** Whether sound is made for it. */
  remakes: boolean;
  /** Length of the delta as JSON. */
  bytes: number;
}

/** The edits that can be undone, the last one at the end, and those that can be redone, the next one at the end. */
export interface EditHistory {
  past: readonly EditStep[];
  future: readonly EditStep[];
}

/** How a project is after an undo or redo. */
export interface Stepped {
  history: EditHistory;
  edited: Edited;
  step: EditStep;
}

export const NO_EDITS: EditHistory = { past: [], future: [] };

export const MAX_STEPS = 200;
/** Of all steps together; the oldest are forgotten. */
export const MAX_BYTES = 512 << 10;

/** The part of a project that edits change. */
export function editedOf({ title, takeMarks, markers, options }: Project): Edited {
  return { title, takeMarks, markers, options };
}

/** A history with one more edit; the same one when nothing has changed. What could be redone is forgotten. */
export function withEdit(
  history: EditHistory,
  name: EditName,
  from: Edited,
  to: Edited,
  remakes: boolean,
): EditHistory {
  const delta = diffJson(from, to);
  if (!delta) return history;
  const step = { name, delta, remakes, bytes: JSON.stringify(delta).length };
  return { past: bounded([...history.past, step]), future: [] };
}

/** Undoes the last edit; null when there is none. Edits that don't fit what another tab has made of it are left out. */
export function undoEdit({ past, future }: EditHistory, edited: Edited): Stepped | null {
  const found = lastThatFits(past, edited, invertDelta);
  return found && { ...found, history: { past: found.others, future: [...future, found.step] } };
}

/** Redoes the edit that was undone last, likewise. */
export function redoEdit({ past, future }: EditHistory, edited: Edited): Stepped | null {
  const found = lastThatFits(future, edited, (delta) => delta);
  return found && { ...found, history: { past: [...past, found.step], future: found.others } };
}

function lastThatFits(steps: readonly EditStep[], edited: Edited, turn: (delta: Delta) => Delta) {
  for (let at = steps.length - 1; at >= 0; at--) {
    const step = steps[at]!;
    const patched = patch(edited, turn(step.delta));
    if (patched) return { step, edited: patched, others: steps.slice(0, at) };
  }
  return null;
}

/** A step is left out when it does not fit, or when a newer version of the app would refuse the options it leads to. */
function patch(edited: Edited, delta: Delta): Edited | null {
  try {
    const patched = patchJson(edited, delta) as Edited;
    return isReadable(patched.options) || !isReadable(edited.options) ? patched : null;
  } catch (error) {
    if (error instanceof DeltaError) return null;
    throw error;
  }
}

function isReadable(options: unknown): boolean {
  try {
    readOptions(options);
    return true;
  } catch {
    return false;
  }
}

function bounded(steps: readonly EditStep[]): readonly EditStep[] {
  let bytes = 0;
  const first = steps.findLastIndex((step) => (bytes += step.bytes) > MAX_BYTES);
  return steps.slice(Math.max(first + 1, steps.length - MAX_STEPS));
}

const StepSchema = v.object({
  name: v.object({ does: v.string(), what: v.optional(v.string()) }),
  delta: v.custom<Delta>((data) => typeof data === 'object' && data !== null),
  remakes: v.boolean(),
  bytes: v.number(),
});
const StoredSchema = v.object({
  schema: v.literal(SCHEMA),
  past: v.array(StepSchema),
  future: v.array(StepSchema),
});

/** A history as it is stored. */
export type StoredHistory = v.InferOutput<typeof StoredSchema>;

export function storedHistory({ past, future }: EditHistory): StoredHistory {
  return { schema: SCHEMA, past: [...past], future: [...future] };
}

/** A stored history; an empty one when there is none, or when it is of another schema of options. */
export function readHistory(data: unknown): EditHistory {
  const result = v.safeParse(StoredSchema, data);
  return result.success ? { past: result.output.past, future: result.output.future } : NO_EDITS;
}
