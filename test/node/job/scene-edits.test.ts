import { expect, test } from 'vitest';
import { addBoundary, moveBoundary, removeBoundary } from '#lib/job/scene-edits.ts';

const none = { added: [], removed: [] };

test('boundaries are added in order, each once', () => {
  const edits = addBoundary(addBoundary(addBoundary(none, 9), 4), 9);
  expect(edits).toEqual({ added: [4, 9], removed: [] });
});

test('an added boundary that is removed leaves nothing behind, a found one is kept in mind', () => {
  expect(removeBoundary(addBoundary(none, 4), 4)).toEqual(none);
  expect(removeBoundary(none, 4)).toEqual({ added: [], removed: [4] });
});

test('a moved boundary is gone from its old place', () => {
  expect(moveBoundary(none, 4, 5)).toEqual({ added: [5], removed: [4] });
  expect(moveBoundary(moveBoundary(none, 4, 5), 5, 6)).toEqual({ added: [6], removed: [4] });
});
