import type { Facts } from '#lib/job/facts.ts';
import { COCO_LABELS } from '#lib/synth/words/coco-labels.ts';

/** Things, regions and places from this certainty on are named. */
const SURE = 0.6;
const MAX_THINGS = 4;

/** How a thing is heard, where its label alone says too little. */
const THINGS: Readonly<Record<string, string>> = {
  person: 'footsteps',
  car: 'passing cars',
  truck: 'passing trucks',
  bus: 'bus engine',
  motorcycle: 'motorcycle engine',
  bicycle: 'bicycle',
  airplane: 'airplane flying over',
  boat: 'boat on the water',
  bird: 'birds chirping',
  cat: 'cat meowing',
  dog: 'dog barking',
  horse: 'horse hooves',
  'sports ball': 'ball being kicked',
  skis: 'skiing on snow',
  snowboard: 'snowboarding on snow',
  laptop: 'typing on a keyboard',
  keyboard: 'typing on a keyboard',
  sink: 'running tap water',
  clock: 'ticking clock',
};
const REGIONS: Readonly<Record<string, string>> = {
  fire: 'crackling fire',
  sea: 'sea waves',
  water: 'flowing water',
  rain: 'rain falling',
  snow: 'quiet winter wind',
  vegetation: 'rustling leaves',
};
const PLACES: Readonly<Record<string, string>> = {
  kitchen: 'kitchen ambience',
  bathroom: 'bathroom ambience',
  bedroom: 'quiet room tone',
  livingRoom: 'quiet room tone',
  office: 'office ambience',
  restaurant: 'restaurant ambience',
  table: 'clinking tableware',
  library: 'quiet room tone',
  fireside: 'quiet room tone',
  street: 'city street ambience',
  road: 'highway traffic',
  railway: 'railway ambience',
  airport: 'airport ambience',
  city: 'distant city traffic',
  sea: 'open sea ambience',
  beach: 'beach ambience',
  harbour: 'harbour ambience',
  water: 'lapping water',
  stream: 'babbling stream',
  rain: 'steady rain',
  park: 'park ambience with birds',
  forest: 'garden ambience with birds',
  meadow: 'breeze over a meadow',
  savanna: 'savanna ambience with insects',
  snow: 'snowy ambience',
  sky: 'wind high above',
  crowd: 'crowd ambience',
  tennisCourt: 'tennis match',
  baseballField: 'baseball game',
  sportsField: 'sports ground ambience',
};

/**
 * Above this a picture without a place is outdoors: rooms are full of things that are recognised, by the odds of 2.7 to 1
 * that the plan of the effects uses.
 */
const LEAST_OUTDOOR = 1 / 3.7;

/** What is heard of the facts, in English: things that sound, regions, and the most certain place; else quiet. */
export function soundsOf(facts: Facts): string[] {
  const all = [facts, ...(facts.parts ?? [])];
  const certain = <T extends { certainty: number }>(list: readonly T[]) =>
    list.filter(({ certainty }) => certainty >= SURE);
  const isCrowd = facts.places.some(({ name, certainty }) => name === 'crowd' && certainty >= SURE);
  const things = certain(facts.things)
    // A silent thing only hints at a place; of a crowd no single steps are heard.
    .filter(({ label }) => (COCO_LABELS[label]?.trigger ?? 'silent') !== 'silent')
    .filter(({ label }) => !(label === 'person' && isCrowd))
    .slice(0, MAX_THINGS)
    .map(({ label }) => THINGS[label] ?? label);
  const regions = certain(all.flatMap((each) => each.regions)).map(({ name }) => REGIONS[name]);
  const places = all.map((each) => PLACES[certain(each.places).find(({ name }) => PLACES[name])?.name ?? '']);
  const sounds = [...new Set([...things, ...regions, ...places])].filter((sound) => sound !== undefined);
  if (sounds.length) return sounds;
  return [facts.outdoor > LEAST_OUTDOOR ? 'quiet outdoor ambience' : 'quiet room tone'];
}
