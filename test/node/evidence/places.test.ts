import { expect, test } from 'vitest';
import { factsOf } from '#lib/evidence/facts.ts';
import { boxOf, sourcesOf } from '../../fixtures/evidence.ts';

/** The most certain place of a picture with these things side by side, and these regions. */
function placeOf(things: string, regions: Record<string, number> = {}): string | undefined {
  const boxes = things
    .split(' + ')
    .filter(Boolean)
    .flatMap((thing, row) => {
      const [, count = '', label = ''] = /^(?:(\d) )?(.+)$/.exec(thing)!;
      return Array.from({ length: Number(count) || 1 }, (_, i) =>
        boxOf(label, 0.9, [12 * i, 20 * row, 10, 15]),
      );
    });
  return factsOf(sourcesOf([boxes], { regions })).places[0]?.name;
}

test.each([
  ['oven + sink', {}, 'kitchen'],
  ['toilet', {}, 'bathroom'],
  ['bed', {}, 'bedroom'],
  ['couch + tv', {}, 'livingRoom'],
  ['laptop + keyboard', {}, 'office'],
  ['dining table + wine glass + 2 person', {}, 'restaurant'],
  ['dining table + cup', {}, 'table'],
  ['6 book', {}, 'library'],
  ['couch', { fire: 0.9 }, 'fireside'],
  ['car + traffic light', {}, 'street'],
  ['train', {}, 'railway'],
  ['2 airplane', {}, 'airport'],
  ['', { lights: 0.9, night: 0.9 }, 'city'],
  ['boat', { sea: 0.9 }, 'sea'],
  ['person + umbrella', { sea: 0.9 }, 'beach'],
  ['3 boat', { sea: 0.9 }, 'harbour'],
  ['boat', {}, 'water'],
  ['bench', { vegetation: 0.9 }, 'park'],
  ['', { vegetation: 0.9 }, 'forest'],
  ['cow', { vegetation: 0.9 }, 'meadow'],
  ['elephant', {}, 'savanna'],
  ['', { snow: 0.9 }, 'snow'],
  ['', { fire: 0.9, night: 0.9 }, 'campFire'],
  ['airplane', { sky: 0.9 }, 'sky'],
  ['6 person', {}, 'crowd'],
  ['tennis racket', {}, 'tennisCourt'],
  ['baseball bat', {}, 'baseballField'],
  ['sports ball + 6 person', {}, 'sportsField'],
])('%s %o: %s', (things, regions, place) => {
  expect(placeOf(things, regions)).toBe(place);
});

test('cars that move without anybody on foot are a road', () => {
  const cars = (shift: number) =>
    Array.from({ length: 6 }, (_, i) => boxOf('car', 0.9, [14 * i + shift, 50, 5, 5]));
  expect(factsOf(sourcesOf([cars(0), cars(7)])).places[0]?.name).toBe('road');
  expect(factsOf(sourcesOf([cars(0), cars(0)])).places[0]?.name).toBe('street');
});

test('nothing suggests no place, and a doubtful thing a doubtful one', () => {
  expect(placeOf('person')).toBeUndefined();
  const [place] = factsOf(sourcesOf([[boxOf('oven', 0.6)]])).places;
  expect(place).toMatchObject({ name: 'kitchen' });
  expect(place!.certainty).toBeLessThan(0.6);
});
