import { describe as group, expect, test } from 'vitest';
import { factsOf } from '#lib/evidence/facts.ts';
import type { Facts, Thing } from '#lib/job/facts.ts';
import { PHRASES } from '#lib/phrases/languages.ts';
import { COCO_LABELS } from '#lib/synth/words/coco-labels.ts';
import { sourcesOf } from '../../fixtures/evidence.ts';

const LANGUAGES = {
  en: (await PHRASES.en()).describe,
  de: (await PHRASES.de()).describe,
  it: (await PHRASES.it()).describe,
};

const nothing = factsOf(sourcesOf([[], []]));
const thing = (label: string, part: Partial<Thing> = {}): Thing => ({
  ...{ label, count: 'one', certainty: 0.9, isMoving: false, isStanding: false, direction: null },
  ...{ position: 'middle', size: 0.1 },
  ...part,
});
const place = (name: string, certainty = 0.9) => ({ places: [{ name, certainty }] });
const say = (facts: Partial<Facts>) =>
  Object.values(LANGUAGES).map((describe) => describe({ ...nothing, ...facts }));

group.each<[Partial<Facts>, string, string, string]>([
  [
    {
      things: [
        thing('person', { isMoving: true }),
        thing('skateboard', { isMoving: true }),
        thing('car', { count: 'some', isStanding: true }),
      ],
      activity: { name: 'skating', certainty: 0.9 },
      ...place('street'),
    },
    'A skateboarder rides past parked cars on a street.',
    'Ein Skater fährt auf einer Straße an geparkten Autos vorbei.',
    'Uno skater passa accanto a delle auto parcheggiate in strada.',
  ],
  [
    { things: [thing('boat', { isMoving: true, direction: 'right' })], ...place('sea'), light: 'sunset' },
    'A boat glides from left to right on the sea at sunset.',
    'Ein Boot gleitet bei Sonnenuntergang auf dem Meer von links nach rechts.',
    'Una barca scivola da sinistra a destra sul mare al tramonto.',
  ],
  [
    { things: [thing('horse', { count: 'some' }), thing('sheep', { count: 'many' })], ...place('meadow') },
    'Horses and many sheep in a meadow.',
    'Pferde und viele Schafe auf einer Wiese.',
    'Dei cavalli e molte pecore in un prato.',
  ],
  [
    { things: [thing('person', { count: 'many', isMoving: true }), thing('bench', { isStanding: true })] },
    'A crowd of people moves about past a bench.',
    'Eine Menschenmenge bewegt sich an einer Bank vorbei.',
    'Una folla di persone si muove accanto a una panchina.',
  ],
  [
    { things: [thing('cow', { certainty: 0.5 })], ...place('meadow', 0.5) },
    'Perhaps a cow, perhaps in a meadow.',
    'Vielleicht eine Kuh, vielleicht auf einer Wiese.',
    'Forse una mucca, forse in un prato.',
  ],
  [
    { things: [thing('cat', { size: 0.6 })] },
    'A cat close up.',
    'Eine Katze aus der Nähe.',
    'Un gatto da vicino.',
  ],
  [
    { regions: [{ name: 'sea', certainty: 0.9 }], ...place('sea') },
    'Waves on the sea.',
    'Wellen auf dem Meer.',
    'Onde sul mare.',
  ],
  [
    { things: [thing('person')], regions: [{ name: 'fire', certainty: 0.9 }], ...place('campFire') },
    'A person by a fire.',
    'Eine Person an einem Feuer.',
    'Una persona accanto a un fuoco.',
  ],
  [
    { pace: 'calm', brightness: 'dim', colours: ['grey', 'blue'], outdoor: 0.1 },
    'A calm, dim scene indoors in grey and blue.',
    'Eine ruhige, dunkle Szene in einem Raum in Grau und Blau.',
    'Una scena tranquilla e scura al chiuso in grigio e blu.',
  ],
])('%o', (facts, english, german, italian) => {
  test('in three languages', () => {
    expect(say(facts)).toEqual([english, german, italian]);
  });
});

test('parts follow each other, in German with the verb before the subject', () => {
  const span = { startSeconds: 0, endSeconds: 6 };
  const sea: Facts = { ...nothing, things: [thing('boat')], ...place('sea') };
  const fire: Facts = {
    ...nothing,
    regions: [{ name: 'fire', certainty: 0.9 }],
    ...place('campFire'),
    light: 'night',
  };
  expect(say({ parts: [sea, fire].map((part) => ({ ...part, ...span })) })).toEqual([
    'A boat on the sea, then a camp fire burns at night.',
    'Ein Boot auf dem Meer, dann brennt ein Lagerfeuer bei Nacht.',
    'Una barca sul mare, poi un falò arde di notte.',
  ]);
});

test('every label has a noun in every language', () => {
  for (const label of Object.keys(COCO_LABELS)) {
    const [english, german, italian] = say({ things: [thing(label)] });
    expect(english, label).toMatch(/^(?:(?:An? )|Skis|Scissors|Broccoli)/);
    // A German noun is in capitals; a label that has no noun would be in small letters.
    expect(german, label).toMatch(/^(?:Eine? \p{Lu}|Skier)/u);
    expect(italian, label).toMatch(/^(?:Un[ao]? |Un’|Degli sci|Delle forbici)/);
  }
});

test('Italian articles follow the sound of the noun', () => {
  const italian = (label: string, count: Thing['count'] = 'one') =>
    say({ things: [thing(label, { count })] })[2];
  expect(['car', 'backpack', 'cat', 'bird', 'tv'].map((label) => italian(label))).toEqual([
    'Un’auto.',
    'Uno zaino.',
    'Un gatto.',
    'Un uccello.',
    'Uno schermo.',
  ]);
  expect([italian('bird', 'some'), italian('cat', 'some')]).toEqual(['Degli uccelli.', 'Dei gatti.']);
});

test('what a place has anyway and what somebody wears is not named beside the rest', () => {
  const facts = { things: [thing('sink'), thing('person'), thing('tie')], ...place('kitchen') };
  expect(say(facts)[0]).toBe('A person in a kitchen.');
});

test('a thing below every certainty is not named', () => {
  expect(say({ things: [thing('cow', { certainty: 0.42 })] })[0]).not.toContain('cow');
});

test('a fire is not put where another part of the film is', () => {
  const regions = [{ name: 'fire', certainty: 0.7 }];
  const places = [
    { name: 'sea', certainty: 0.9 },
    { name: 'campFire', certainty: 0.7 },
  ];
  expect(say({ regions, places, light: 'night' })[0]).toBe('A camp fire burns at night.');
});
