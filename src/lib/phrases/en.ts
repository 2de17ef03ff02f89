import type { Facts } from '#lib/job/facts.ts';
import { listOf, sentenceFrom, type Language } from './sentence.ts';
import type { Movement, Named, Statement } from './statement.ts';

/** Plurals that have no plain "s". */
const PLURALS: Readonly<Record<string, string>> = {
  person: 'people',
  bus: 'buses',
  bench: 'benches',
  sheep: 'sheep',
  skis: 'skis',
  knife: 'knives',
  sandwich: 'sandwiches',
  couch: 'couches',
  mouse: 'computer mice',
  scissors: 'scissors',
  toothbrush: 'toothbrushes',
  broccoli: 'broccoli',
  'wine glass': 'wine glasses',
  'hair drier': 'hair dryers',
  tv: 'screens',
};
/** Nouns that differ from the label. */
const SINGULARS: Readonly<Record<string, string>> = {
  'sports ball': 'ball',
  mouse: 'computer mouse',
  remote: 'remote control',
  'hair drier': 'hair dryer',
  tv: 'screen',
  'cell phone': 'phone',
};
/** Nouns that have no singular. */
const PAIRS = new Set(['skis', 'scissors', 'broccoli']);

/** Who does something and what: for one, for several. */
const ACTIVITIES: Readonly<Record<string, readonly [one: string, some: string]>> = {
  skating: ['a skateboarder rides', 'skateboarders ride'],
  surfing: ['a surfer rides a board', 'surfers ride their boards'],
  skiing: ['a skier', 'skiers'],
  snowboarding: ['a snowboarder', 'snowboarders'],
  cycling: ['a cyclist rides', 'cyclists ride'],
  motorcycling: ['a motorcyclist rides', 'motorcyclists ride'],
  riding: ['a person rides a horse', 'people ride horses'],
  playingTennis: ['a person plays tennis', 'people play tennis'],
  playingBaseball: ['a person plays baseball', 'people play baseball'],
  playingBall: ['a person plays with a ball', 'people play with a ball'],
  playingFrisbee: ['a person plays with a frisbee', 'people play with a frisbee'],
  flyingKite: ['a person flies a kite', 'people fly kites'],
  withDog: ['a person with a dog', 'people with a dog'],
  withCat: ['a person with a cat', 'people with a cat'],
  typing: ['a person at a keyboard', 'people at keyboards'],
  reading: ['a person with a book', 'people with books'],
  phoning: ['a person with a phone', 'people with phones'],
  eating: ['a person with a meal', 'people with a meal'],
  drinking: ['a person with a drink', 'people with drinks'],
  cooking: ['a person at a stove', 'people at a stove'],
};

const MOVEMENTS: Readonly<Record<Movement, readonly [one: string, some: string]>> = {
  move: ['moves about', 'move about'],
  walk: ['walks', 'walk'],
  drive: ['drives', 'drive'],
  fly: ['flies', 'fly'],
  sail: ['glides', 'glide'],
};
const DIRECTIONS = {
  left: 'from right to left',
  right: 'from left to right',
  nearer: 'towards the camera',
  away: 'away from the camera',
};

const PLACES: Readonly<Record<string, string>> = {
  kitchen: 'in a kitchen',
  bathroom: 'in a bathroom',
  bedroom: 'in a bedroom',
  livingRoom: 'in a living room',
  office: 'in an office',
  restaurant: 'in a restaurant',
  table: 'on a table',
  library: 'in a library',
  fireside: 'in a fireplace',
  byFire: 'by a fire',
  street: 'on a street',
  road: 'on a busy road',
  railway: 'on a railway',
  airport: 'at an airport',
  city: 'in a city',
  sea: 'on the sea',
  beach: 'by the sea',
  harbour: 'in a harbour',
  water: 'on the water',
  stream: 'by running water',
  rain: 'in the rain',
  park: 'in a park',
  forest: 'in greenery',
  meadow: 'in a meadow',
  snow: 'in the snow',
  sky: 'in the sky',
  tennisCourt: 'on a tennis court',
  baseballField: 'on a baseball field',
  sportsField: 'on a sports field',
};
const SCENERY: Readonly<Record<string, string>> = {
  fire: 'a fire burns',
  campFire: 'a camp fire burns',
  rain: 'rain',
  sea: 'waves',
  water: 'running water',
  snow: 'snow',
  lights: 'city lights',
  vegetation: 'plants',
  sky: 'an open sky',
};
const LIGHTS = { sunset: 'at sunset', night: 'at night' };
const PACES = { still: 'still', calm: 'calm', lively: 'lively', fast: 'fast-moving' };

const english: Language = { clause, then: ', then ' };

/** One English sentence from facts. */
export function describe(facts: Facts): string {
  return sentenceFrom(facts, english);
}

/** The English noun for a kind of thing with its article: "a car", "cars", "many cars". */
export function nounOf({ label, count }: Named): string {
  if (isCrowd({ label, count })) return 'a crowd of people';
  const singular = SINGULARS[label] ?? label;
  if (count === 'one' && !PAIRS.has(label)) return withArticle(singular);
  const plural = PLURALS[label] ?? `${singular}s`;
  return count === 'many' ? `many ${plural}` : plural;
}

function clause(said: Statement): string {
  const isOne = said.things.length === 1 && (said.things[0]!.count === 'one' || isCrowd(said.things[0]!));
  const nouns = listOf(said.things.map(nounOf), 'and');
  const scenery = listOf(
    said.scenery.map((name) => SCENERY[name]!),
    'and',
  );
  const subject = said.activity
    ? ACTIVITIES[said.activity.name]![said.activity.count === 'one' ? 0 : 1]
    : [said.isPerhaps && 'perhaps', nouns || scenery].filter(Boolean).join(' ');
  const place = said.place && PLACES[said.place.name];
  const words = [
    subject || lookOf(said),
    said.movement && MOVEMENTS[said.movement][isOne ? 0 : 1],
    said.past && `past ${parked(said.past)}`,
    said.direction && DIRECTIONS[said.direction],
    said.isClose && 'close up',
    place && (said.place!.isPerhaps ? `, perhaps ${place}` : place),
    said.light && LIGHTS[said.light],
  ];
  return words.filter(Boolean).join(' ').replaceAll(' ,', ',');
}

function isCrowd({ label, count }: Named): boolean {
  return label === 'person' && count === 'many';
}

function parked(past: Named): string {
  if (past.label === 'bench' || past.label === 'boat') return nounOf(past);
  return nounOf(past).replace(
    /^(a |an |many |)/,
    (article) => `${article === 'an ' ? 'a ' : article}parked `,
  );
}

/** How a picture looks in which nothing is recognised. */
function lookOf({ look, place }: Statement): string {
  const { pace, brightness, colours, isOpen } = look;
  const adjectives = [pace && PACES[pace], brightness !== 'medium' && brightness].filter(Boolean).join(', ');
  const noun = [adjectives, pace ? 'scene' : 'picture'].filter(Boolean).join(' ');
  return [
    withArticle(noun),
    !place && isOpen !== null && (isOpen ? 'outdoors' : 'indoors'),
    colours.length > 0 && `in ${listOf(colours, 'and')}`,
  ]
    .filter(Boolean)
    .join(' ');
}

function withArticle(noun: string): string {
  return `${/^[aeiou]/.test(noun) ? 'an' : 'a'} ${noun}`;
}
