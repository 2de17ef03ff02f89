import fc from 'fast-check';
import { expect, test } from 'vitest';
import { DeltaError, diffJson, invertDelta, patchJson } from '#lib/job/delta.ts';

const json = fc.jsonValue({ maxDepth: 4 }).map((value) => JSON.parse(JSON.stringify(value)) as unknown);

test('a delta leads from one value to the other and back, through JSON as well', () => {
  fc.assert(
    fc.property(json, json, (from, to) => {
      const delta = diffJson(from, to);
      if (!delta) {
        expect(to).toEqual(from);
        return;
      }
      const stored = JSON.parse(JSON.stringify(delta)) as typeof delta;
      expect(patchJson(from, stored)).toEqual(to);
      expect(patchJson(to, invertDelta(stored))).toEqual(from);
    }),
    { numRuns: 2000 },
  );
});

test('of a list only what differs is kept', () => {
  const clips = Array.from({ length: 100 }, (_, id) => ({ id, startSeconds: id }));
  const moved = clips.with(40, { id: 40, startSeconds: 7 });
  expect(diffJson({ clips }, { clips: moved })).toEqual({
    fields: { clips: { fields: { 40: { fields: { startSeconds: { from: 40, to: 7 } } } } } },
  });
  expect(diffJson(clips, clips.toSpliced(3, 2))).toEqual({ at: 3, cut: clips.slice(3, 5), put: [] });
});

test('a value of its own is set whatever was there; a list that is another one is left alone', () => {
  const delta = diffJson({ mood: 1, list: [1, 2] }, { mood: 2, list: [1, 2, 3] })!;
  expect(patchJson({ mood: 9, list: [1, 2] }, delta)).toEqual({ mood: 2, list: [1, 2, 3] });
  expect(() => patchJson({ mood: 2, list: [5, 6] }, invertDelta(delta))).toThrow(DeltaError);
  expect(() => patchJson({ mood: 1 }, delta)).toThrow(DeltaError);
});
