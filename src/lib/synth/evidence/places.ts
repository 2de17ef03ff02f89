import { COCO_LABELS, type LabelRule } from '../words/coco-labels.ts';

/** What a place sounds like when nothing happens there. */
export interface Place {
  /** The ambience, by day and, if it is another one, at night; null for music only. */
  day: string | null;
  night?: string;
  /** Level relative to the usual one of an ambience, dB. Places are matched to ±1 LU, so that cuts don't jump. */
  gainDb?: number;
  /** How strong it is, 0 … 1; 0.5 by default. */
  intensity?: number;
  isIndoors?: boolean;
  /** What is walked on there. */
  ground?: 'footsteps-wood' | 'footsteps-grass' | 'footsteps-snow' | 'footsteps-gravel';
}

const room = (): Place => ({
  day: 'room-tone',
  gainDb: -1,
  isIndoors: true,
  ground: 'footsteps-wood',
});

/**
 * Every place that the planner knows, by name. `places` of a scene come from a table of their own; a name that is not
 * here says nothing about the sound.
 */
export const PLACES = {
  // music only
  screen: { day: null },
  // indoors
  indoors: room(),
  home: room(),
  table: room(),
  livingRoom: room(),
  bedroom: room(),
  bathroom: room(),
  library: room(),
  office: room(),
  kitchen: { day: 'hum', gainDb: -1, intensity: 0.3, isIndoors: true, ground: 'footsteps-wood' },
  restaurant: { day: 'cafe', intensity: 0.45, isIndoors: true, ground: 'footsteps-wood' },
  fireside: { day: 'fire', gainDb: 5, intensity: 0.5, isIndoors: true, ground: 'footsteps-wood' },
  // towns
  street: { day: 'traffic', intensity: 0.4 },
  road: { day: 'traffic', gainDb: -1, intensity: 0.75 },
  city: { day: 'traffic', gainDb: -1, intensity: 0.35 },
  crowd: { day: 'crowd', gainDb: -1, intensity: 0.5 },
  railway: { day: 'breeze' },
  airport: { day: 'wind', gainDb: -1, intensity: 0.3 },
  sportsField: { day: 'breeze', ground: 'footsteps-grass' },
  tennisCourt: { day: 'breeze' },
  baseballField: { day: 'breeze', ground: 'footsteps-grass' },
  // nature
  outdoors: { day: 'breeze', night: 'crickets' },
  park: { day: 'birds', night: 'crickets', gainDb: -1, ground: 'footsteps-grass' },
  meadow: { day: 'breeze', night: 'crickets', ground: 'footsteps-grass' },
  savanna: { day: 'insects', night: 'crickets', gainDb: -1, intensity: 0.4, ground: 'footsteps-grass' },
  forest: { day: 'forest', night: 'crickets', intensity: 0.5, ground: 'footsteps-grass' },
  campFire: { day: 'fire', gainDb: 6, intensity: 0.55, ground: 'footsteps-grass' },
  snow: { day: 'wind', gainDb: -1, intensity: 0.3, ground: 'footsteps-snow' },
  sky: { day: 'wind', gainDb: -1, intensity: 0.3 },
  // water
  beach: { day: 'sea', intensity: 0.5, ground: 'footsteps-grass' },
  sea: { day: 'sea', intensity: 0.65 },
  water: { day: 'sea', gainDb: -1, intensity: 0.15 },
  harbour: { day: 'sea', gainDb: -1, intensity: 0.2 },
  stream: { day: 'stream', gainDb: -1, intensity: 0.5, ground: 'footsteps-gravel' },
  rain: { day: 'rain', intensity: 0.5 },
} as const satisfies Record<string, Place>;

type PlaceName = keyof typeof PLACES;

/** The place with this name, or undefined. */
export function findPlace(name: string): Place | undefined {
  return Object.hasOwn(PLACES, name) ? PLACES[name as PlaceName] : undefined;
}

/** The name of a place in words: `livingRoom` is a living room. */
export function placeInWords(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
}

/** What the hint of a rule says about labels that the table below leaves out. */
const PLACES_OF_HINTS: Readonly<Record<NonNullable<LabelRule['hint']>, readonly [PlaceName, number]>> = {
  indoors: ['indoors', 0.3],
  outdoors: ['outdoors', 0.4],
  city: ['street', 0.45],
  nature: ['meadow', 0.4],
  water: ['harbour', 0.5],
  meal: ['indoors', 0.4],
};

/** The places that a seen thing speaks for, with the probability of each when the thing is seen for sure. */
export function placesOfThing(label: string): readonly (readonly [PlaceName, number])[] {
  const hint = COCO_LABELS[label]?.hint;
  return PLACES_OF_THINGS[label] ?? (hint ? [PLACES_OF_HINTS[hint]] : []);
}

/**
 * What a thing says about where it is: the place, and the probability of being there when the thing is seen for sure.
 * A car stands in a street more often than elsewhere; a chair stands anywhere.
 */
const PLACES_OF_THINGS: Readonly<Record<string, readonly (readonly [PlaceName, number])[]>> = {
  car: [['street', 0.45]],
  bus: [['street', 0.7]],
  truck: [['street', 0.4]],
  motorcycle: [['street', 0.4]],
  bicycle: [['street', 0.25]],
  'traffic light': [['street', 0.8]],
  'fire hydrant': [['street', 0.7]],
  'stop sign': [['street', 0.7]],
  'parking meter': [['street', 0.7]],
  train: [['railway', 0.6]],
  airplane: [['sky', 0.5]],
  boat: [['harbour', 0.6]],
  surfboard: [['beach', 0.85]],
  kite: [
    ['meadow', 0.3],
    ['beach', 0.3],
  ],
  bench: [['park', 0.35]],
  bird: [['outdoors', 0.4]],
  cow: [['meadow', 0.6]],
  sheep: [['meadow', 0.65]],
  horse: [['meadow', 0.5]],
  elephant: [['savanna', 0.7]],
  zebra: [['savanna', 0.7]],
  giraffe: [['savanna', 0.7]],
  bear: [['forest', 0.6]],
  skis: [['snow', 0.85]],
  snowboard: [['snow', 0.85]],
  'sports ball': [['sportsField', 0.35]],
  frisbee: [['park', 0.4]],
  'baseball bat': [['baseballField', 0.7]],
  'baseball glove': [['baseballField', 0.6]],
  'tennis racket': [['tennisCourt', 0.7]],
  skateboard: [['street', 0.3]],
  chair: [['indoors', 0.25]],
  couch: [['livingRoom', 0.7]],
  bed: [['bedroom', 0.8]],
  'dining table': [['table', 0.45]],
  toilet: [['bathroom', 0.9]],
  sink: [['bathroom', 0.5]],
  toothbrush: [['bathroom', 0.5]],
  'hair drier': [['bathroom', 0.5]],
  oven: [['kitchen', 0.7]],
  microwave: [['kitchen', 0.7]],
  refrigerator: [['kitchen', 0.6]],
  toaster: [['kitchen', 0.6]],
  tv: [['livingRoom', 0.45]],
  remote: [['livingRoom', 0.3]],
  laptop: [['office', 0.4]],
  keyboard: [['office', 0.4]],
  mouse: [['office', 0.4]],
  book: [['indoors', 0.4]],
  vase: [['indoors', 0.35]],
  clock: [['indoors', 0.2]],
  'potted plant': [['indoors', 0.2]],
  'teddy bear': [['indoors', 0.35]],
  'wine glass': [['table', 0.45]],
  cup: [['indoors', 0.4]],
  bowl: [['indoors', 0.35]],
  fork: [['table', 0.45]],
  knife: [['indoors', 0.35]],
  spoon: [['table', 0.45]],
  bottle: [['indoors', 0.2]],
  pizza: [['table', 0.45]],
  cake: [['table', 0.45]],
  donut: [['indoors', 0.4]],
  sandwich: [['indoors', 0.35]],
};
