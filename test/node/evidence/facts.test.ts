import * as v from 'valibot';
import { expect, test } from 'vitest';
import { factsOf } from '#lib/evidence/facts.ts';
import { filmFactsOf } from '#lib/evidence/film-facts.ts';
import { FactsSchema } from '#lib/job/facts.ts';
import { boxOf, sourcesOf } from '../../fixtures/evidence.ts';

const labels = (facts: ReturnType<typeof factsOf>) => facts.things.map(({ label }) => label);
const certainty = (boxes: Parameters<typeof sourcesOf>[0], part?: Parameters<typeof sourcesOf>[1]) =>
  factsOf(sourcesOf(boxes, part)).things[0]?.certainty ?? 0;

test('facts are what the schema asks for', () => {
  const facts = filmFactsOf(sourcesOf([[boxOf('dog')], []]), scenesAt(2));
  expect(v.parse(FactsSchema, facts)).toEqual(facts);
});

test('a thing in few frames, from side to side or in the dark is less certain', () => {
  const often = certainty([[boxOf('dog', 0.7)], [boxOf('dog', 0.7)], [], []]);
  const once = certainty([[boxOf('dog', 0.7)], [], [], []]);
  const whole = certainty([[boxOf('dog', 0.75, [0, 0, 100, 100])]]);
  const dark = certainty([[boxOf('dog', 0.75)]], { brightness: 0.1 });
  expect(often).toBeCloseTo(0.7, 9);
  expect(once).toBeLessThan(often);
  expect(whole).toBeLessThan(0.45);
  expect(dark).toBeLessThan(0.6);
});

test('one thing by two names is the surer one, with a doubt; two things at a time are two', () => {
  const ball = factsOf(
    sourcesOf([[boxOf('sports ball', 0.8)], [boxOf('frisbee', 0.7)], [boxOf('frisbee', 0.6)]]),
  );
  expect(labels(ball)).toEqual(['sports ball']);
  expect(ball.things[0]!.certainty).toBeLessThan(0.75);
  const farm = factsOf(
    sourcesOf([[boxOf('horse', 0.8, [0, 30, 30, 40]), boxOf('cow', 0.75, [60, 30, 30, 40])]]),
  );
  expect(labels(farm)).toEqual(['horse', 'cow']);
});

test('things are counted at their most at a time', () => {
  const cars = (count: number) =>
    factsOf(sourcesOf([Array.from({ length: count }, (_, i) => boxOf('car', 0.8, [15 * i, 40, 10, 10]))]))
      .things[0]!.count;
  expect([cars(1), cars(2), cars(5)]).toEqual(['one', 'some', 'many']);
});

test('many uncertain people are a crowd, a few are not', () => {
  const people = (count: number) =>
    factsOf(sourcesOf([Array.from({ length: count }, (_, i) => boxOf('person', 0.36, [9 * i, 40, 6, 12]))]));
  const crowd = people(9);
  expect(crowd.things[0]).toMatchObject({ label: 'person', count: 'many' });
  expect(crowd.places[0]).toMatchObject({ name: 'crowd' });
  expect(crowd.places[0]!.certainty).toBeGreaterThan(0.6);
  expect(people(3).places).toEqual([]);
});

test('water and rain that were found by their motion are places', () => {
  const places = (regions: object) =>
    factsOf(sourcesOf([[], []], { regions })).places.map(({ name }) => name);
  expect(places({ water: 0.9 })).toEqual(['stream']);
  expect(places({ water: 0.9, rain: 0.9 })[0]).toBe('rain');
  expect(places({ water: 0.9, sea: 0.9 })).not.toContain('stream');
});

test('a thing that leaves its place moves, with a direction; one that stays stands; in a picture neither is known', () => {
  const boat = (...lefts: number[]) =>
    factsOf(sourcesOf(lefts.map((left) => [boxOf('boat', 0.8, [left, 40, 10, 10])]))).things[0]!;
  expect(boat(10, 30, 50)).toMatchObject({ isMoving: true, isStanding: false, direction: 'right' });
  expect(boat(70, 50, 30)).toMatchObject({ isMoving: true, direction: 'left' });
  expect(boat(10, 11, 10)).toMatchObject({ isMoving: false, isStanding: true, direction: null });
  expect(boat(10)).toMatchObject({ isMoving: false, isStanding: false });
});

test('a cut is no movement', () => {
  const cut = sourcesOf(
    [[boxOf('boat', 0.8, [10, 40, 10, 10])], [boxOf('boat', 0.8, [70, 40, 10, 10])]],
    (at) => ({
      cutLikelihood: at,
    }),
  );
  expect(factsOf(cut).things[0]).toMatchObject({ isMoving: false, isStanding: false });
});

test('what the user removed is no fact', () => {
  const sources = sourcesOf([[boxOf('dog')]], { regions: { sea: 0.9 } });
  const facts = factsOf({ ...sources, objects: { ...sources.objects, removed: ['dog', 'sea'] } });
  expect([facts.things, facts.regions]).toEqual([[], []]);
});

test('an activity wants its thing close to the person, a ride the person above it', () => {
  const activity = (label: string, at: number[]) =>
    factsOf(sourcesOf([[boxOf('person', 0.9, [40, 10, 15, 50]), boxOf(label, 0.9, at)]])).activity?.name;
  expect(activity('skateboard', [40, 58, 15, 5])).toBe('skating');
  expect(activity('skateboard', [80, 58, 15, 5])).toBeUndefined();
  expect(activity('bicycle', [35, 40, 25, 25])).toBe('cycling');
  expect(activity('bicycle', [53, 30, 25, 30])).toBeUndefined();
});

test('where cars or beds are seen for sure, grey streaks are hardly a sea', () => {
  const sea = (label: string) =>
    factsOf(sourcesOf([[boxOf(label)]], { regions: { sea: 0.9 } })).regions.some(
      ({ name }) => name === 'sea',
    );
  expect([sea('boat'), sea('car'), sea('bed')]).toEqual([true, false, false]);
});

test('things decide between a room and the open more surely than colours', () => {
  const outdoor = (label: string, sky: number) =>
    factsOf(sourcesOf([[boxOf(label)]], { regions: { sky } })).outdoor;
  expect(outdoor('bed', 0.9)).toBeLessThan(0.4);
  expect(outdoor('car', 0)).toBeGreaterThan(0.8);
});

/** Scenes of a film of so many seconds, between cuts. */
const scenesAt = (seconds: number, ...cuts: number[]) =>
  [0, ...cuts].map((startSeconds, at) => ({ startSeconds, endSeconds: cuts[at] ?? seconds }));

function filmOf(regions: (at: number) => Record<string, number>, cuts: readonly number[], first = 0) {
  const sources = sourcesOf(Array(12).fill([]), (at) => ({
    atSeconds: first + at,
    regions: regions(at),
    cutLikelihood: cuts.some((cut) => at - 1 < cut && cut <= at) ? 1 : 0,
  }));
  const scenes = scenesAt(12, ...cuts).map(({ startSeconds, endSeconds }) => ({
    startSeconds: startSeconds + first,
    endSeconds: endSeconds + first,
  }));
  return filmFactsOf(sources, scenes);
}

test('facts of a span are of its frames only', () => {
  const sources = sourcesOf([[boxOf('dog')], [boxOf('cat')]]);
  expect(labels(factsOf(sources, { startSeconds: 0, endSeconds: 1 }))).toEqual(['dog']);
  expect(labels(factsOf(sources, { startSeconds: 1, endSeconds: 2 }))).toEqual(['cat']);
});

test('a film has parts where cuts divide what differs', () => {
  const { parts } = filmOf(
    (at): Record<string, number> => (at < 6 ? { sea: 1 } : { fire: 1, night: 1 }),
    [6],
  );
  expect(
    parts?.map(({ startSeconds, endSeconds, places }) => [startSeconds, endSeconds, places[0]?.name]),
  ).toEqual([
    [0, 6, 'sea'],
    [6, 12, 'campFire'],
  ]);
});

test('times of parts count from the beginning of the film, which need not be that of the source', () => {
  const { parts } = filmOf(
    (at): Record<string, number> => (at < 6 ? { sea: 1 } : { fire: 1, night: 1 }),
    [6],
    100,
  );
  expect(parts?.map(({ startSeconds, endSeconds }) => [startSeconds, endSeconds])).toEqual([
    [0, 6],
    [6, 12],
  ]);
});

test('shots of the same, parts without a certain fact, and a picture have no parts', () => {
  expect(filmOf(() => ({ sea: 1 }), [4, 8]).parts).toBeUndefined();
  expect(filmOf((at): Record<string, number> => (at < 6 ? { sea: 1 } : {}), [6]).parts).toBeUndefined();
  expect(filmFactsOf(sourcesOf([[]]), []).parts).toBeUndefined();
});
