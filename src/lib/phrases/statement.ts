import type { Facts, Thing } from '#lib/job/facts.ts';

/** From this certainty on something is named plainly; down to the lower one with "perhaps". */
const SURE = 0.6;
const PERHAPS = 0.45;
/** More things are not named. */
const MAX_THINGS = 3;
/** An open or a closed place is named from here on. */
const OPEN = 0.75;
const CLOSED = 0.2;

/** A kind of thing as a sentence names it. */
export type Named = Pick<Thing, 'label' | 'count'>;

/** A thing fills the picture from this share on. */
const CLOSE = 0.5;
/** Belongings alone are seldom what a picture is about: they have to be as certain as this. */
const SURE_OF_BELONGINGS = 0.8;

/** How something moves: the verb that a language has for it. */
export type Movement = 'move' | 'walk' | 'drive' | 'fly' | 'sail';

/** What one clause says; every language puts it into words. */
export interface Statement {
  /** An activity and how many do it. */
  activity: { name: string; count: Thing['count'] } | null;
  /** Things, or regions of the picture where there are none. */
  things: readonly Named[];
  scenery: readonly string[];
  /** Whether all of it is uncertain. */
  isPerhaps: boolean;
  movement: Movement | null;
  direction: Thing['direction'];
  /** Whether the only thing fills most of the picture. */
  isClose: boolean;
  /** Standing things on the way. */
  past: Named | null;
  place: { name: string; isPerhaps: boolean } | null;
  light: 'sunset' | 'night' | null;
  /** What is left to say where nothing is recognised. */
  look: Pick<Facts, 'pace' | 'brightness' | 'colours'> & { isOpen: boolean | null };
}

/** Things that are only worth a word where there is nothing else. */
const BELONGINGS = new Set([
  'tie',
  'handbag',
  'backpack',
  'cell phone',
  'suitcase',
  'remote',
  'book',
  'clock',
  'vase',
]);
/** Things that a place has anyway. */
const IMPLIED: Readonly<Record<string, readonly string[]>> = {
  kitchen: [
    'oven',
    'sink',
    'refrigerator',
    'microwave',
    'toaster',
    'bowl',
    'bottle',
    'cup',
    'dining table',
    'chair',
  ],
  bathroom: ['toilet', 'sink', 'toothbrush'],
  bedroom: ['bed', 'chair'],
  livingRoom: ['couch', 'tv', 'chair', 'remote', 'potted plant', 'dining table'],
  office: ['keyboard', 'mouse', 'chair', 'laptop', 'tv', 'dining table'],
  restaurant: ['dining table', 'chair', 'fork', 'knife', 'spoon'],
  table: ['dining table', 'chair'],
  street: ['traffic light', 'stop sign', 'parking meter', 'fire hydrant'],
  beach: ['umbrella'],
};
const MOVEMENTS: Readonly<Record<string, Movement>> = {
  ...Object.fromEntries(
    ['car', 'bus', 'truck', 'motorcycle', 'bicycle', 'train'].map((label) => [label, 'drive']),
  ),
  ...Object.fromEntries(['bird', 'airplane', 'kite'].map((label) => [label, 'fly'])),
  ...Object.fromEntries(['dog', 'cat', 'horse', 'cow', 'sheep', 'animal'].map((label) => [label, 'move'])),
  boat: 'sail',
};
/** Things that somebody passes by. */
const PASSED = new Set(['car', 'bus', 'truck', 'bicycle', 'motorcycle', 'bench', 'boat']);
/** Activities on the way from one place to another. */
const TRAVELS = new Set(['skating', 'cycling', 'motorcycling', 'riding']);
/** Things that are part of an activity. */
const USED: Readonly<Record<string, readonly string[]>> = {
  skating: ['skateboard'],
  surfing: ['surfboard'],
  skiing: ['skis'],
  snowboarding: ['snowboard'],
  cycling: ['bicycle'],
  motorcycling: ['motorcycle'],
  riding: ['horse'],
};
const SCENERY = ['rain', 'sea', 'water', 'snow', 'lights', 'vegetation', 'sky'];
/** Places that say the same as a region of the picture. */
const SCENERY_OF: Readonly<Record<string, string>> = {
  snow: 'snow',
  lights: 'city',
  vegetation: 'forest',
  sky: 'sky',
  rain: 'rain',
  water: 'stream',
};
/** Places that no sentence names: the things themselves say it. */
const NAMELESS = new Set(['crowd', 'savanna', 'campFire']);

/** What a sentence says about a film, a picture or a part: certain things first, nothing that is no fact. */
export function statementOf(facts: Facts): Statement {
  const isSeen = (name: string) =>
    facts.regions.some((region) => region.name === name && region.certainty >= SURE);
  const place = facts.places.find(({ name, certainty }) => certainty >= PERHAPS && !NAMELESS.has(name));
  const sure = tellingThings(facts, place?.name, SURE);
  const things = sure.length ? sure : tellingThings(facts, place?.name, PERHAPS).slice(0, 1);
  const look = {
    ...{ pace: facts.pace, brightness: facts.brightness, colours: facts.colours },
    isOpen: facts.outdoor >= OPEN ? true : facts.outdoor <= CLOSED ? false : null,
  };
  const nothing = {
    ...{ activity: null, things: [], scenery: [], isPerhaps: false, movement: null, direction: null },
    ...{ isClose: false, past: null, light: facts.light === 'day' ? null : facts.light, look },
    place: place ? { name: place.name, isPerhaps: place.certainty < SURE } : null,
  };
  if (isSeen('fire')) {
    const people = sure.filter(({ label }) => label === 'person');
    if (people.length) return { ...nothing, things: people, place: { name: 'byFire', isPerhaps: false } };
    const isCamp = facts.places.some(({ name, certainty }) => name === 'campFire' && certainty >= SURE);
    return {
      ...nothing,
      scenery: [isCamp ? 'campFire' : 'fire'],
      // In a film of several places the certain one need not be that of the fire.
      ...(nothing.place?.name !== 'fireside' && { place: null }),
    };
  }
  const [main] = things;
  if (!main) {
    const scenery = SCENERY.filter(isSeen).slice(0, 2);
    const isSaid = scenery.some((name) => SCENERY_OF[name] === place?.name);
    return { ...nothing, scenery, ...(isSaid && { place: null }) };
  }
  const isTable = place?.name === 'table' && things.some(({ label }) => label === 'dining table');
  const said = { ...nothing, ...(isTable && { place: null }) };
  const activity = facts.activity && facts.activity.certainty >= SURE ? facts.activity.name : null;
  const travels = activity ? TRAVELS.has(activity) : main.isMoving;
  const others = activity ? things.filter(({ label }) => label !== 'person') : things.slice(1);
  const past = (travels && others.find(({ label, isStanding }) => isStanding && PASSED.has(label))) || null;
  if (activity) {
    const actor = facts.things.find(({ label }) => label === (USED[activity]?.[0] ?? 'person'));
    return { ...said, activity: { name: activity, count: actor?.count ?? 'one' }, past };
  }
  const isAlone = things.length === 1 || past !== null;
  return {
    ...said,
    things: past ? [main] : things,
    isPerhaps: !sure.length,
    movement: isAlone && main.isMoving ? movementOf(main, facts.outdoor) : null,
    direction: isAlone ? main.direction : null,
    isClose: isAlone && main.count === 'one' && main.size >= CLOSE && !place,
    past,
  };
}

/** The things that are as certain as wanted, without those that a place implies or that somebody wears. */
function tellingThings(facts: Facts, place: string | undefined, least: number): Thing[] {
  const certain = facts.things.filter(({ certainty }) => certainty >= least);
  const implied = IMPLIED[place ?? ''] ?? [];
  const telling = certain.filter(({ label }) => !BELONGINGS.has(label) && !implied.includes(label));
  const used = new Set(facts.activity ? USED[facts.activity.name] : []);
  const rest = telling.length
    ? telling
    : certain.filter(({ label, certainty }) => !BELONGINGS.has(label) || certainty >= SURE_OF_BELONGINGS);
  // Who does something stands first, then what moves, then what is large.
  const rank = ({ label, isMoving, size }: Thing) =>
    (label === 'person' ? 2 : 0) + (isMoving ? 1 : 0) + Math.min(0.9, 3 * size);
  return rest
    .filter(({ label }) => !used.has(label))
    .sort((one, other) => rank(other) - rank(one))
    .slice(0, MAX_THINGS);
}

function movementOf({ label, direction }: Thing, outdoor: number): Movement {
  if (label !== 'person') return MOVEMENTS[label] ?? 'move';
  return outdoor >= 0.5 && direction ? 'walk' : 'move';
}
