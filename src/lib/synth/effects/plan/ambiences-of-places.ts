import type { Layer } from '#lib/job/score.ts';
import { clamp } from '../../dsp/maths.ts';
import type { SeenScene } from '../../evidence/sight.ts';
import { placeInWords, type Place } from '../../evidence/places.ts';
import { findSound } from '../sounds.ts';

/** Level of the ambience of a place: 8 LU below music at its usual level. */
export const PLACE_DB = -6;
/** At a hard cut the following ambience begins this much before it, and the last one ends this much after it. */
export const BEFORE_CUT_SECONDS = 0.25;
export const AFTER_CUT_SECONDS = 0.4;
/** Fade at the first picture. */
const FIRST_FADE_SECONDS = 0.15;

/** What a scene is filled with. */
interface PlaceAmbience {
  recipe: string;
  because: string;
  gainDb: number;
  intensity: number;
  /** Scenes that share it sound alike. */
  variation: number;
}

/**
 * One ambience for every scene, from the first to the last picture: that of its place. Neighbours with the same one share
 * it; others cross over with equal power, around a hard cut or during a transition.
 * @param isAllowed Whether a sound may be heard. @param quieterDb By how much it steps back behind what the user asked for.
 * @param isWanted Whether a scene is to have the ambience that was found for it; the others have none.
 */
export function ambiencesOfPlaces(
  scenes: readonly SeenScene[],
  arousal: number,
  isAllowed: (recipe: string) => boolean,
  quieterDb = 0,
  isWanted: (scene: SeenScene, recipe: string) => boolean = () => true,
): Layer[] {
  const layers: Layer[] = [];
  const variations = new Map<string, number>();
  let open: { layer: Layer; made: PlaceAmbience } | null = null;
  for (const scene of scenes) {
    const found = ambienceOf(scene, scenes, arousal, isAllowed, variations);
    const next = found && isWanted(scene, found.recipe) ? found : null;
    const fade = scene.fadeSeconds > 0 ? scene.fadeSeconds : null;
    const before = fade === null ? BEFORE_CUT_SECONDS : fade / 2;
    const after = fade === null ? AFTER_CUT_SECONDS : fade / 2;
    if (open && next && isSame(open.made, next)) {
      open.layer.endSeconds = scene.endSeconds;
      continue;
    }
    if (open) {
      open.layer.endSeconds = Math.min(scene.endSeconds, scene.startSeconds + after);
      open.layer.fadeOutSeconds = Math.min(before + after, open.layer.endSeconds - open.layer.startSeconds);
    }
    open = null;
    if (!next) continue;
    const isFirst = scene.startSeconds === 0;
    const startSeconds = isFirst ? 0 : Math.max(0, scene.startSeconds - before);
    const layer: Layer = {
      recipe: next.recipe,
      startSeconds,
      endSeconds: scene.endSeconds,
      gainDb: next.gainDb - quieterDb,
      pan: 0,
      intensity: next.intensity,
      distance: 0,
      isMuted: false,
      variation: next.variation,
      fadeInSeconds: isFirst ? FIRST_FADE_SECONDS : before + after,
      fadeOutSeconds: 0,
      because: next.because,
      from: 'picture',
    };
    layers.push(layer);
    open = { layer, made: next };
  }
  return layers;
}

function ambienceOf(
  scene: SeenScene,
  scenes: readonly SeenScene[],
  arousal: number,
  isAllowed: (recipe: string) => boolean,
  variations: Map<string, number>,
): PlaceAmbience | null {
  const { place: found } = scene;
  const place: Place = found.place;
  if (place.day === null) return null;
  const wanted = [
    (found.isNight && place.night) || place.day,
    found.isIndoors ? 'room-tone' : 'breeze',
    'room-tone',
  ];
  const recipe = wanted.find((name) => isAllowed(name) && findSound(name)?.kind === 'ambience');
  if (!recipe) return null;
  const isPlaces = recipe === wanted[0];
  const like = scene.like === null ? null : scenes[scene.like];
  const key = `${recipe}/${like?.index ?? scene.index}`;
  if (!variations.has(key)) {
    const before = [...variations.keys()].filter((name) => name.startsWith(`${recipe}/`)).length;
    variations.set(key, before);
  }
  return {
    recipe,
    because: placeInWords(found.name),
    gainDb: PLACE_DB + (isPlaces ? (place.gainDb ?? 0) : -2),
    intensity: clamp((isPlaces ? (place.intensity ?? 0.45) : 0.4) + 0.08 * arousal, 0.05, 0.95),
    variation: variations.get(key)!,
  };
}

function isSame(a: PlaceAmbience, b: PlaceAmbience): boolean {
  return a.recipe === b.recipe && Math.abs(a.intensity - b.intensity) < 0.15;
}
