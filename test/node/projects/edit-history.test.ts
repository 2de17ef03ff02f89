import { expect, test } from 'vitest';
import { withOptions } from '#lib/job/options.ts';
import {
  editedOf,
  MAX_BYTES,
  MAX_STEPS,
  NO_EDITS,
  readHistory,
  redoEdit,
  storedHistory,
  undoEdit,
  withEdit,
  type Edited,
} from '#lib/projects/edit-history.ts';
import { createProject } from '#lib/projects/project.ts';

const start = editedOf(createProject('Beach'));
const withMusic = (edited: Edited, music: string | null): Edited => ({
  ...edited,
  options: withOptions(edited.options, 'prompt', { music }),
});
/** States that follow each other, and the history of the edits between them. */
function chain(...states: Edited[]) {
  return states
    .slice(1)
    .reduce((history, to, at) => withEdit(history, { does: `${at}` }, states[at]!, to, true), NO_EDITS);
}

test('an edit is undone and redone; another one after an undo forgets what could be redone', () => {
  const [a, b] = [withMusic(start, 'a waltz'), { ...start, title: 'Sea' }];
  const history = chain(start, a, { ...b, options: a.options });
  const undone = undoEdit(history, { ...b, options: a.options })!;
  expect([undone.edited, undone.step.name.does]).toEqual([a, '1']);
  const redone = redoEdit(undone.history, undone.edited)!;
  expect([redone.edited.title, redone.history]).toEqual(['Sea', history]);
  const other = withEdit(undone.history, { does: 'other' }, a, start, false);
  expect([other.past.map(({ name }) => name.does), other.future]).toEqual([['0', 'other'], []]);
  expect(withEdit(history, { does: 'nothing' }, a, structuredClone(a), false)).toBe(history);
});

test('the oldest steps are forgotten, by number and by size', () => {
  const states = Array.from({ length: MAX_STEPS + 10 }, (_, at) => withMusic(start, `waltz ${at}`));
  expect(chain(...states).past).toHaveLength(MAX_STEPS);
  const long = Array.from({ length: 200 }, (_, at) => ({ ...start, title: `${at}`.repeat(5000) }));
  const { past } = chain(...long);
  expect(past.at(-1)?.name.does).toBe('198');
  expect(past.reduce((sum, { bytes }) => sum + bytes, 0)).toBeLessThan(MAX_BYTES);
});

test('what another tab has made impossible is left out, and invalid options are never gone back to', () => {
  const marked: Edited = { ...withMusic(start, 'a waltz'), takeMarks: { one: { name: 'x' } } };
  const history = chain(start, withMusic(start, 'a waltz'), marked);
  const elsewhere: Edited = { ...marked, takeMarks: { one: { isStarred: true } } };
  expect(undoEdit(history, elsewhere)!.edited).toEqual({ ...elsewhere, options: start.options });
  const broken = chain({ ...start, options: { ...start.options, schema: 1 } } as never, start);
  expect(undoEdit(broken, start)).toBeNull();
});

test('a history is stored and read; that of another schema is none', () => {
  const history = chain(start, withMusic(start, 'a waltz'));
  const stored = JSON.parse(JSON.stringify(storedHistory(history))) as object;
  expect(readHistory(stored)).toEqual(history);
  expect(readHistory({ ...stored, schema: 1 })).toEqual(NO_EDITS);
  expect(readHistory(undefined)).toEqual(NO_EDITS);
});
