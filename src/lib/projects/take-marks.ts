import * as v from 'valibot';

/** What the user says about one take. */
export const TakeMarkSchema = v.object({
  name: v.optional(v.pipe(v.string(), v.trim(), v.minLength(1), v.maxLength(80))),
  isStarred: v.optional(v.boolean()),
  /** It is not shown any more; its entries stay. */
  isRemoved: v.optional(v.boolean()),
});
export type TakeMark = v.InferOutput<typeof TakeMarkSchema>;

/** The user's marks, by the ids of takes (`takeId`). */
export const TakeMarksSchema = v.record(v.string(), TakeMarkSchema);
export type TakeMarks = Readonly<Record<string, TakeMark>>;

/** Changed marks by the ids of takes; null for those that have none any more. */
export type MarkChanges = Record<string, TakeMark | null>;

/** The changes from some marks to others. */
export function diffMarks(from: TakeMarks, to: TakeMarks): MarkChanges {
  const ids = [...new Set([...Object.keys(from), ...Object.keys(to)])];
  return Object.fromEntries(
    ids.filter((id) => JSON.stringify(from[id]) !== JSON.stringify(to[id])).map((id) => [id, to[id] ?? null]),
  );
}

/** Marks with changes applied; those of other takes stay. */
export function patchMarks(marks: TakeMarks, changes: MarkChanges): TakeMarks {
  const all = Object.entries({ ...marks, ...changes });
  return Object.fromEntries(all.filter((pair): pair is [string, TakeMark] => pair[1] !== null));
}

/** Marks with a change of one take; what is false or empty is left out. */
export function withMark(marks: TakeMarks, id: string, change: TakeMark): TakeMarks {
  const { name, isStarred, isRemoved } = { ...marks[id], ...change };
  const mark = { ...(name && { name }), ...(isStarred && { isStarred }), ...(isRemoved && { isRemoved }) };
  return patchMarks(marks, { [id]: Object.keys(mark).length > 0 ? mark : null });
}
