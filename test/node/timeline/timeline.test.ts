import { describe, expect, it } from 'vitest';
import { levelAt, levelHeight, movePoint, withPoint } from '#lib/timeline/level-line.ts';
import { stretchesAbove } from '#lib/timeline/presence.ts';
import { rowsOf } from '#lib/timeline/rows.ts';
import { beatsOf, nearestPoint, snapSpan, sortedPoints } from '#lib/timeline/snap.ts';
import { ticksBetween, tickStep } from '#lib/timeline/ticks.ts';

describe('the timeline', () => {
  it('puts clips that overlap in different rows, and as few as possible', () => {
    const spans = [
      { startSeconds: 0, endSeconds: 10 },
      { startSeconds: 2, endSeconds: 4 },
      { startSeconds: 4, endSeconds: 6 },
      { startSeconds: 10, endSeconds: 12 },
    ];
    expect(rowsOf(spans)).toEqual([0, 1, 1, 0]);
    expect(rowsOf(spans.slice(1, 3), 3)).toEqual([0, 1]);
  });

  it('draws a clip to the nearest point by its start or its end', () => {
    const points = sortedPoints([
      ['cut', [10, 5]],
      ['beat', [5.5]],
    ]);
    expect(points.map(({ atSeconds }) => atSeconds)).toEqual([5, 5.5, 10]);
    expect(nearestPoint(points, 5.2, 0.25)?.kind).toBe('cut');
    expect(nearestPoint(points, 7, 0.25)).toBeNull();
    // A cut is meant before a beat that is a little nearer.
    expect(nearestPoint(points, 5.3, 0.5)?.kind).toBe('cut');
    expect(nearestPoint(points, 5.5, 0.5)?.kind).toBe('beat');
    expect(snapSpan(points, 7.1, 3, 0.2)).toMatchObject({ startSeconds: 7, point: { atSeconds: 10 } });
    expect(snapSpan([], 7.1, 3, 0.2)).toBeNull();
  });

  it('counts the beats of every section from its start', () => {
    const section = { name: 'a', intensity: 1, chords: [] };
    const beats = beatsOf({
      sections: [
        { ...section, startSeconds: 0, endSeconds: 2, tempoBpm: 60 },
        { ...section, startSeconds: 2, endSeconds: 3, tempoBpm: 120 },
      ],
    });
    expect(beats).toEqual([0, 1, 2, 2.5]);
  });

  it('has lines on its ruler at usual distances, never too near', () => {
    expect(tickStep(10, 64)).toBe(10);
    expect(tickStep(400, 64)).toBe(0.2);
    expect(ticksBetween(0.9, 2.1, 0.5)).toEqual([1, 1.5, 2]);
  });

  it('joins what is present with short gaps to one stretch', () => {
    const values = [0, 1, 1, 0, 1, 0, 0, 0, 0, 0, 0, 1];
    const stretches = stretchesAbove(values, 0.25, 0.5);
    expect(stretches).toEqual([
      { startSeconds: 0.25, endSeconds: 1.25 },
      { startSeconds: 2.75, endSeconds: 3 },
    ]);
  });

  it('bends a line by points that keep their order', () => {
    expect(levelAt(levelHeight(-7))).toBeCloseTo(-7);
    const line = withPoint(withPoint([], 1), 3);
    expect(line).toEqual([
      { atSeconds: 1, value: 0 },
      { atSeconds: 3, value: 0 },
    ]);
    const moved = movePoint(line, 0, 99, -6, 5);
    expect(moved[0]!.value).toBe(-6);
    expect(moved[0]!.atSeconds).toBeLessThan(3);
    expect(withPoint(moved, 3.001)).toBe(moved);
  });
});
