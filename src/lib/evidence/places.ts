import type { Certain } from '#lib/job/facts.ts';
import { certaintyOf, type Evidence } from './terms.ts';

/** A kind of place. */
interface Place {
  name: string;
  isIndoors: boolean;
  /** Conditions that suggest it (see `certaintyOf`), with the weight of each: 1 where it leaves hardly a doubt. */
  when: Readonly<Record<string, number>>;
}

/** All kinds of places. Where the planner of effects knows the place, the name is the planner's. */
const PLACES: readonly Place[] = [
  // Indoors
  {
    name: 'kitchen',
    isIndoors: true,
    when: {
      'oven + sink': 1,
      'oven + refrigerator': 1,
      'microwave + sink': 1,
      'sink + refrigerator': 0.95,
      'microwave + refrigerator': 0.95,
      'oven + person': 0.9,
      'oven + bowl': 0.9,
      oven: 0.75,
      microwave: 0.75,
      refrigerator: 0.6,
      toaster: 0.7,
    },
  },
  {
    name: 'bathroom',
    isIndoors: true,
    when: { toilet: 0.95, 'toilet + sink': 1, 'hair drier': 0.7, toothbrush: 0.7, 'sink + !oven': 0.6 },
  },
  { name: 'bedroom', isIndoors: true, when: { bed: 0.95 } },
  {
    name: 'livingRoom',
    isIndoors: true,
    when: { 'couch + tv': 1, couch: 0.85, 'tv + remote': 0.9, 'tv + chair': 0.8, 'tv + person': 0.65 },
  },
  {
    name: 'office',
    isIndoors: true,
    when: {
      'laptop + keyboard': 0.9,
      'keyboard + mouse': 1,
      'laptop + mouse': 0.95,
      'laptop + person': 0.75,
      'laptop + chair': 0.75,
      laptop: 0.6,
      keyboard: 0.7,
    },
  },
  {
    name: 'restaurant',
    isIndoors: true,
    when: {
      'dining table + wine glass + some person': 1,
      'dining table + some person + some chair': 0.8,
      'dining table + many person': 0.85,
      'wine glass + some person': 0.75,
    },
  },
  {
    name: 'table',
    isIndoors: true,
    when: {
      'dining table + fork': 1,
      'dining table + knife': 1,
      'dining table + spoon': 0.95,
      'dining table + wine glass': 0.9,
      'dining table + bowl': 0.85,
      'dining table + pizza': 1,
      'dining table + cake': 1,
      'dining table + sandwich': 1,
      'dining table + donut': 1,
      'dining table + hot dog': 1,
      'dining table + cup': 0.9,
      'dining table + bottle': 0.85,
      'dining table': 0.7,
    },
  },
  { name: 'library', isIndoors: true, when: { 'many book': 0.9, 'some book + chair': 0.6 } },
  { name: 'fireside', isIndoors: true, when: { 'fire + couch': 1, 'fire + chair': 0.9, 'fire + tv': 0.9 } },
  // Traffic
  {
    name: 'street',
    isIndoors: false,
    when: {
      'car + traffic light': 1,
      'car + stop sign': 1,
      'traffic light': 0.9,
      'parking meter': 0.9,
      'fire hydrant': 0.8,
      bus: 0.85,
      'truck + car': 0.85,
      'many car': 0.9,
      'some car': 0.8,
      'car + person': 0.85,
      'car + bicycle': 0.85,
      'motorcycle + car': 0.9,
      'skateboard + car': 0.9,
      motorcycle: 0.6,
      car: 0.6,
      truck: 0.6,
    },
  },
  { name: 'road', isIndoors: false, when: { 'many car + moving car + !person + !traffic light': 0.95 } },
  { name: 'railway', isIndoors: false, when: { 'train + !many car': 0.9 } },
  {
    name: 'airport',
    isIndoors: false,
    when: { 'some airplane': 0.9, 'airplane + truck': 0.9, 'airplane + person': 0.7 },
  },
  { name: 'city', isIndoors: false, when: { 'lights + night': 0.95 } },
  // Water
  {
    name: 'sea',
    isIndoors: false,
    when: {
      'sea + !some boat': 0.95,
      sea: 0.7,
      'sea + boat + !some boat': 1,
      'sea + surfboard': 1,
      'surfboard + person': 0.75,
      'surfboard + water': 0.95,
      'sea + sunset': 1,
    },
  },
  { name: 'beach', isIndoors: false, when: { 'sea + person': 0.98, 'sea + umbrella': 1, 'sea + kite': 1 } },
  { name: 'harbour', isIndoors: false, when: { 'many boat': 1, 'some boat': 0.75 } },
  { name: 'water', isIndoors: false, when: { 'boat + !sea': 0.8, 'water + boat': 0.9 } },
  { name: 'stream', isIndoors: false, when: { 'water + !sea + !rain + !boat + !surfboard': 0.9 } },
  { name: 'rain', isIndoors: false, when: { rain: 0.98 } },
  // Nature
  {
    name: 'park',
    isIndoors: false,
    when: {
      'vegetation + bench': 0.95,
      'vegetation + dog': 0.8,
      'vegetation + frisbee': 0.95,
      'vegetation + sports ball': 0.9,
      'vegetation + person': 0.7,
      bench: 0.6,
    },
  },
  {
    name: 'forest',
    isIndoors: false,
    when: { 'vegetation + bear': 0.9, 'vegetation + !car + !sky + !potted plant': 0.65 },
  },
  {
    name: 'meadow',
    isIndoors: false,
    when: {
      'vegetation + cow': 0.95,
      'vegetation + sheep': 0.95,
      'vegetation + horse': 0.95,
      'sky + cow': 0.9,
      'sky + sheep': 0.9,
      'sky + horse': 0.9,
      'some cow': 0.85,
      'some sheep': 0.85,
      'some horse': 0.75,
      'vegetation + sky': 0.65,
    },
  },
  { name: 'savanna', isIndoors: false, when: { giraffe: 0.85, zebra: 0.85, elephant: 0.85 } },
  { name: 'snow', isIndoors: false, when: { skis: 0.9, snowboard: 0.85, 'skis + snow': 1, snow: 0.9 } },
  {
    name: 'campFire',
    isIndoors: false,
    when: { 'fire + night': 1, 'fire + vegetation': 0.9, 'fire + !couch + !tv + !oven': 0.75 },
  },
  { name: 'sky', isIndoors: false, when: { 'bird + sky': 0.7, 'airplane + sky': 0.9, 'kite + sky': 0.7 } },
  // People and sports
  { name: 'crowd', isIndoors: false, when: { 'many person + !sea': 0.9, 'many person': 0.6 } },
  { name: 'tennisCourt', isIndoors: false, when: { 'tennis racket': 0.9 } },
  { name: 'baseballField', isIndoors: false, when: { 'baseball bat': 0.85, 'baseball glove': 0.8 } },
  {
    name: 'sportsField',
    isIndoors: false,
    when: { 'sports ball + many person': 0.95, 'sports ball + some person': 0.7 },
  },
];

/** A place is possible from this certainty on. */
const POSSIBLE = 0.4;

/**
 * The kinds of places that the evidence suggests, the most certain first. Where the picture looks like the open air, a
 * room is less certain, and the other way round.
 */
export function placesOf(evidence: Evidence): Certain[] {
  return PLACES.map(({ name, isIndoors, when }) => {
    const best = Math.max(
      ...Object.entries(when).map(([condition, weight]) => weight * certaintyOf(condition, evidence)),
    );
    const against = isIndoors ? evidence.outdoor - 0.7 : 0.25 - evidence.outdoor;
    return { name, certainty: best * (1 - Math.max(0, against)) };
  })
    .filter(({ certainty }) => certainty >= POSSIBLE)
    .sort((one, other) => other.certainty - one.certainty);
}
