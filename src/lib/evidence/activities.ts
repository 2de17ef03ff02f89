import type { Box } from '#lib/job/entries/objects.ts';
import type { Certain } from '#lib/job/facts.ts';
import type { Sightings } from './sightings.ts';

/**
 * What a person does with a thing that is close by: label → name of the activity. The first that is certain enough
 * counts, so the more telling ones stand first.
 */
const ACTIVITIES: Readonly<Record<string, string>> = {
  skateboard: 'skating',
  surfboard: 'surfing',
  skis: 'skiing',
  snowboard: 'snowboarding',
  bicycle: 'cycling',
  motorcycle: 'motorcycling',
  horse: 'riding',
  'tennis racket': 'playingTennis',
  'baseball bat': 'playingBaseball',
  'sports ball': 'playingBall',
  frisbee: 'playingFrisbee',
  kite: 'flyingKite',
  dog: 'withDog',
  cat: 'withCat',
  laptop: 'typing',
  keyboard: 'typing',
  book: 'reading',
  'cell phone': 'phoning',
  pizza: 'eating',
  sandwich: 'eating',
  cake: 'eating',
  donut: 'eating',
  'hot dog': 'eating',
  fork: 'eating',
  'wine glass': 'drinking',
  cup: 'drinking',
  oven: 'cooking',
};

/** A box around a person grows by this part of its sides before it is compared with a thing's. */
const REACH = 0.15;
/** The least certainty of person and thing. */
const POSSIBLE = 0.4;
/** Kites fly high, so they need not be near. */
const FAR = new Set(['kite']);
/** Rides are only certain where the person is above the thing. */
const RIDDEN = new Set(['bicycle', 'motorcycle', 'horse']);

/** The activity in a span, by a person and a thing that are close in one frame; null for none. */
export function activityOf(sightings: readonly Sightings[]): Certain | null {
  const find = (label: string) => sightings.find((one) => one.label === label && one.certainty >= POSSIBLE);
  const person = find('person');
  if (!person) return null;
  for (const [label, name] of Object.entries(ACTIVITIES)) {
    const thing = find(label);
    if (!thing) continue;
    const isClose = thing.seen.some(({ frame, box }) =>
      person.seen.some(
        (one) =>
          one.frame === frame &&
          (FAR.has(label) || (areClose(one.box, box) && (!RIDDEN.has(label) || isAbove(one.box, box)))),
      ),
    );
    if (isClose) return { name, certainty: Math.min(person.certainty, thing.certainty) };
  }
  return null;
}

function areClose(person: Box, thing: Box): boolean {
  const [x, y] = [REACH * person.width, REACH * person.height];
  return (
    person.x - x < thing.x + thing.width &&
    thing.x < person.x + person.width + x &&
    person.y - y < thing.y + thing.height &&
    thing.y < person.y + person.height + y
  );
}

/** Whether a person is over a thing: side by side they only stand there. */
function isAbove(person: Box, thing: Box): boolean {
  const middle = person.x + person.width / 2;
  return middle > thing.x && middle < thing.x + thing.width && person.y < thing.y;
}
