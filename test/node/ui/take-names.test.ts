import fc from 'fast-check';
import { expect, test } from 'vitest';
import { takeNames, type TakeTraits } from '#lib/ui/takes/take-names.ts';

const texts = {
  and: (items: readonly string[]) => items.join(' and '),
  version: (name: string, number: number) =>
    number === 2 ? `another version of ${name}` : `version ${number} of ${name}`,
};
const take = (traits: Partial<TakeTraits>): TakeTraits => ({
  ...{ given: null, sounds: [], mood: 'joyful', words: null, style: 'cinematic', kind: null, maker: null },
  ...traits,
});
const names = (...takes: Partial<TakeTraits>[]) => takeNames(takes.map(take), texts);

test('takes are named by what differs: the sounds that not all have, the mood, the style, the maker', () => {
  expect(names({ sounds: ['waves', 'gulls'] }, { sounds: ['waves', 'rain', 'thunder', 'wind'] })).toEqual([
    'Gulls',
    'Rain and thunder',
  ]);
  expect(names({}, { mood: 'epic' })).toEqual(['Joyful', 'Epic']);
  expect(names({ style: 'folk' }, { style: 'waltz' })).toEqual(['Folk', 'Waltz']);
  expect(names({}, { maker: 'AudioLDM2' }, { maker: 'AudioLDM2', mood: 'epic' })).toEqual([
    'Joyful',
    'Joyful, AudioLDM2',
    'Epic',
  ]);
});

test('a single take is named by what it has; takes that differ in nothing are versions', () => {
  expect(names({ sounds: ['waves'] })).toEqual(['Waves, joyful']);
  expect(names({}, {}, {})).toEqual([
    'Joyful, cinematic',
    'another version of Joyful, cinematic',
    'version 3 of Joyful, cinematic',
  ]);
  expect(names({ mood: null, style: null })).toHaveLength(1);
});

test('the name that the user gives stays, and no other take has it', () => {
  expect(names({ given: 'Epic' }, { mood: 'epic' }, {})).toEqual([
    'Epic',
    'another version of Epic',
    'Joyful',
  ]);
});

test('all names are distinct and short', () => {
  const some = fc.option(fc.constantFrom('a', 'b', 'c'), { nil: null });
  const any = fc.record({
    ...{ given: fc.constant(null), mood: some, words: some, style: some, kind: some, maker: some },
    sounds: fc.uniqueArray(fc.constantFrom('rain', 'wind', 'dog', 'sea')),
  });
  fc.assert(
    fc.property(fc.array(any, { maxLength: 12 }), (takes) => {
      const found = takeNames(takes, texts);
      expect(new Set(found).size).toBe(takes.length);
      for (const name of found) expect(name.split(', ').length).toBeLessThanOrEqual(3);
    }),
  );
});
