import type { RequestScene, View } from '#lib/job/score.ts';
import { clamp } from '../dsp/maths.ts';
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

/** What is known about a scene when its place is chosen. */
export interface SceneSight {
  /** The objects in it. */
  tracks: readonly ObjectTrack[];
  /** Places that were recognised as such. */
  places: RequestScene['places'];
  views: readonly View[];
  /** Mean brightness, 0 … 1; null when it is not known. */
  brightness: number | null;
}

/**
 * Chooses the one place of a scene. Every source gives probabilities: recognised places, things, and the regions of the
 * picture; those for one place are joined by noisy-or, and places indoors and outdoors are weighed by how likely it is to
 * be outdoors at all. Doubtful places become "outdoors" or "indoors".
 */
export function placeOfScene({ tracks, places, views, brightness }: SceneSight): ScenePlace {
  const doubt = new Map<string, number>();
  const add = (name: string, certainty: number) => {
    if (findPlace(name)) doubt.set(name, (doubt.get(name) ?? 1) * (1 - clamp(certainty, 0, 0.99)));
  };
  const seen = bestOfEachLabel(tracks);
  for (const { name, certainty } of places) add(name, certainty);
  for (const [label, certainty] of seen)
    for (const [name, share] of placesOfThing(label)) add(name, certainty * share);
  const region = regionsOf(views);
  const isTown = 1 - (doubt.get('street') ?? 1);
  add('beach', seaCertainty(region) * (1 - isTown));
  add('snow', 0.8 * region.snow);
  add('park', 0.55 * region.vegetation * (1 - isTown));
  const outdoor = outdoorProbability(region.outdoor, doubt);
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

function bestOfEachLabel(tracks: readonly ObjectTrack[]): Map<string, number> {
  const best = new Map<string, number>();
  for (const { label, evidence } of tracks)
    best.set(label, Math.max(best.get(label) ?? 0, evidence.certainty));
  return best;
}

type Regions = Required<Omit<View, 'atSeconds'>>;

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
function outdoorProbability(byPicture: number, doubt: ReadonlyMap<string, number>): number {
  let odds = byPicture / Math.max(0.02, 1 - byPicture);
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
