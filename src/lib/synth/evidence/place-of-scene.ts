import type { RequestScene, View } from '#lib/job/score.ts';
import { clamp, power } from '../dsp/maths.ts';
import type { ObjectTrack } from './object-track.ts';
import { findPlace, placesOfThing, type Place } from './places.ts';

/** The place of a scene, and what says so. */
export interface ScenePlace {
  name: string;
  place: Place;
  /** 0 … 1. */
  certainty: number;
  isIndoors: boolean;
  isNight: boolean;
}

/** Below this certainty it is only said whether a scene is indoors or outdoors. */
const LEAST_CERTAINTY = 0.35;
/** A flat picture above this shows a screen, a title or a test pattern. */
const FLAT = 0.5;

/** Smaller things, as a share of the picture's side, say less about the place: they are in the background. */
const NEAR_SIDE = 0.15;
/** Rooms are full of things that detectors know: a picture without any is rather outdoors, by these odds. */
const BARE_ODDS = 2.7;
/** A box from side to side with a lower score may be a guess. */
const SURE_SCORE = 0.8;
const VEHICLES = new Set(['car', 'truck', 'bus', 'motorcycle']);
/** So many vehicles on their way at once are those of a busy road. */
const MANY_VEHICLES = 4;
const SCREENS = new Set(['tv', 'laptop', 'cell phone']);

/** What is known about a scene when its place is chosen. */
export interface SceneSight {
  /** The objects in it. */
  tracks: readonly ObjectTrack[];
  /** Places that were recognised as such. */
  places: RequestScene['places'];
  views: readonly View[];
  /** Mean brightness, 0 … 1; null when it is not known. */
  brightness: number | null;
  /** Whether a detector looked for things. */
  isSearched: boolean;
}

/**
 * Chooses the one place of a scene. Every source gives probabilities: recognised places, things, and the regions of the
 * picture; those for one place are joined by noisy-or, and places indoors and outdoors are weighed by how likely it is to
 * be outdoors at all. Doubtful places become "outdoors" or "indoors".
 */
export function placeOfScene({ tracks, places, views, brightness, isSearched }: SceneSight): ScenePlace {
  const doubt = new Map<string, number>();
  const add = (name: string, certainty: number) => {
    if (findPlace(name)) doubt.set(name, (doubt.get(name) ?? 1) * (1 - clamp(certainty, 0, 0.99)));
  };
  for (const { name, certainty } of places) add(name, certainty);
  for (const { label, area, evidence, isMoving } of mostTelling(tracks)) {
    const more = (isMoving && VEHICLES.has(label) ? 1.5 : 1) * clamp(Math.sqrt(area) / NEAR_SIDE, 0.3, 1);
    for (const [name, share] of placesOfThing(label))
      add(name, evidence.certainty * Math.min(0.9, share * more));
  }
  if (movingAtOnce(tracks) >= MANY_VEHICLES) add('road', 0.9);
  if (tracks.some(fillsWithScreen)) add('screen', 0.9);
  const region = regionsOf(views);
  const isTown = 1 - (doubt.get('street') ?? 1) * (doubt.get('road') ?? 1);
  add('beach', seaCertainty(region) * (1 - isTown));
  add('snow', 0.8 * region.snow);
  add('park', 0.55 * region.vegetation * (1 - isTown));
  const hasFurniture = tracks.some(
    ({ label, evidence }) =>
      evidence.certainty >= 0.5 && placesOfThing(label).some(([name]) => findPlace(name)!.isIndoors),
  );
  const prior = isSearched && !hasFurniture ? power(BARE_ODDS, 1 - largestShare(tracks)) : 1;
  const outdoor = outdoorProbability(region.outdoor, doubt, prior);
  const isDark = brightness !== null && brightness < 0.2 && outdoor > 0.4;
  const isNight = isDark || region.night > 0.5;
  const found = (name: string, certainty: number): ScenePlace => {
    const place: Place = findPlace(name)!;
    return { name, place, certainty, isIndoors: place.isIndoors ?? false, isNight };
  };
  const screen = Math.max(isFlat(tracks, region.flat) ? 0.9 : 0, 1 - (doubt.get('screen') ?? 1));
  if (screen > 0.5) return found('screen', screen);
  const weighed = [...doubt]
    .filter(([name]) => name !== 'screen')
    .map(([name, miss]): [string, number] => {
      const fits = findPlace(name)!.isIndoors ? 1 - outdoor : outdoor;
      return [name, (1 - miss) * clamp(1.6 * fits, 0, 1)];
    })
    .sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1));
  const [best] = weighed;
  if (best && best[1] >= LEAST_CERTAINTY) return found(...best);
  return outdoor >= 0.5 ? found('outdoors', outdoor) : found('indoors', 1 - outdoor);
}

/** The surest things, at most three of each kind: ten cars say little more than three. */
function mostTelling(tracks: readonly ObjectTrack[]): ObjectTrack[] {
  const counts = new Map<string, number>();
  return [...tracks]
    .sort((a, b) => b.evidence.certainty - a.evidence.certainty)
    .filter(({ label, evidence }) => {
      const count = counts.get(label) ?? 0;
      counts.set(label, count + 1);
      return evidence.certainty >= 0.5 && count < 3;
    });
}

/** The largest number of vehicles that are on their way at the same time. */
function movingAtOnce(tracks: readonly ObjectTrack[]): number {
  const moving = tracks.filter(
    ({ label, evidence, isMoving }) => VEHICLES.has(label) && evidence.certainty >= 0.5 && isMoving,
  );
  return moving.reduce((most, { startSeconds }) => {
    const count = moving.filter((t) => t.startSeconds <= startSeconds && t.endSeconds > startSeconds).length;
    return Math.max(most, count);
  }, 0);
}

/** A device whose screen fills the picture: what it shows was recorded or photographed from it. */
function fillsWithScreen({ label, area, evidence }: ObjectTrack): boolean {
  return SCREENS.has(label) && area > 0.45 && evidence.certainty >= 0.5;
}

/** The share of the picture that the largest sure thing covers: behind it there may be any furniture. */
function largestShare(tracks: readonly ObjectTrack[]): number {
  const sure = tracks.filter(({ bestScore }) => bestScore >= SURE_SCORE);
  return Math.min(1, Math.max(0, ...sure.map(({ area }) => area)));
}

type Regions = Required<Omit<View, 'atSeconds' | 'saturation'>>;

function regionsOf(views: readonly View[]): Regions {
  const mean = (of: keyof Regions) =>
    views.reduce((sum, view) => sum + (view[of] ?? 0), 0) / Math.max(1, views.length);
  return {
    sky: mean('sky'),
    sea: mean('sea'),
    vegetation: mean('vegetation'),
    fire: mean('fire'),
    snow: mean('snow'),
    night: mean('night'),
    outdoor: views.length > 0 ? mean('outdoor') : 0.5,
    flat: mean('flat'),
  };
}

/** Grey roads and roofs look like water, so a region alone is half a proof, and a sky above it the other half. */
function seaCertainty({ sea, sky }: Regions): number {
  return sea * (0.35 + 0.4 * sky);
}

/** The likelihood by the picture, with the odds that the places found so far give it. */
function outdoorProbability(byPicture: number, doubt: ReadonlyMap<string, number>, prior: number): number {
  let odds = (prior * byPicture) / Math.max(0.02, 1 - byPicture);
  for (const [name, miss] of doubt) {
    const place = findPlace(name)!;
    if (place.day === null) continue;
    const factor = 1 / Math.max(0.15, miss);
    odds = place.isIndoors ? odds / factor : odds * factor;
  }
  return odds / (1 + odds);
}

/** A flat picture is a screen, unless things stand in front of it: then it is a studio's backdrop. */
function isFlat(tracks: readonly ObjectTrack[], flat: number): boolean {
  return flat > FLAT && !tracks.some(({ evidence, area }) => evidence.certainty > 0.6 && area > 0.04);
}
