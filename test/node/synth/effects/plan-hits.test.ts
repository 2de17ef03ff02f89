import { expect, test } from 'vitest';
import { planEffects } from '#lib/synth/effects/plan-effects.ts';
import { curve, request, track } from './plan-request.ts';

const person = track('person', { from: 0.5, slim: 0.4, size: 0.7 });
/** Onsets every 0.8 s at a place. */
const onsets = (x: number, y: number) =>
  Array.from({ length: 10 }, (_, i) => ({ atSeconds: 1 + 0.8 * i, strength: 0.6, x, y }));
const eventsOf = (cues: ReturnType<typeof track>[], at: [number, number]) =>
  planEffects(request({ cues, curve, onsets: onsets(...at), durationSeconds: 10 })).events;

test('a ball in reach of somebody is hit where that person moves, not where others do', () => {
  const ball = track('sports ball', { from: 0.55, size: 0.08 });
  const hits = eventsOf([person, ball], [0.52, 0.75]);
  expect(hits.filter(({ recipe }) => recipe === 'kick').map(({ atSeconds }) => atSeconds)).toEqual(
    onsets(0, 0).map(({ atSeconds }) => atSeconds),
  );
  expect(eventsOf([person, ball], [0.95, 0.1])).toEqual([]);
  const far = track('sports ball', { from: 0.1, size: 0.08 });
  expect(eventsOf([person, far], [0.52, 0.75])).toEqual([]);
});

test('what is taken for a frisbee but is hit again and again is a ball, and one hit sounds once', () => {
  const cues = [
    person,
    track('frisbee', { from: 0.55, size: 0.08 }),
    track('sports ball', { from: 0.45, size: 0.08 }),
  ];
  const hits = eventsOf(cues, [0.52, 0.75]);
  expect(new Set(hits.map(({ recipe }) => recipe))).toEqual(new Set(['kick']));
  expect(hits).toHaveLength(10);
});
