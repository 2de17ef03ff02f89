import type { Cue, RequestScene, SoundtrackRequest, View } from '#lib/job/score.ts';
import { boxOverlap } from '#lib/media/pixels/box-overlap.ts';
import { COCO_LABELS } from '../words/coco-labels.ts';
import { cameraPath } from './camera.ts';
import { ObjectTrack } from './object-track.ts';
import { placeOfScene, type ScenePlace } from './place-of-scene.ts';

/** A scene with what is seen in it. */
export interface SeenScene extends RequestScene {
  index: number;
  /** Objects that are seen in it, also those that are too doubtful to be heard. */
  tracks: ObjectTrack[];
  place: ScenePlace;
  /** Mean brightness, 0 … 1; null when it is not known. */
  brightness: number | null;
  /** Mean motion, 0 … 1; null when it is not known. */
  motion: number | null;
  /** Mean saturation, 0 … 1; null when it is not known. */
  saturation: number | null;
  /** Mean likelihood of flames, 0 … 1. */
  fire: number;
}

/** What is seen in the whole film. */
export interface Sight {
  scenes: SeenScene[];
  tracks: ObjectTrack[];
  /** True when the film is one picture: nothing moves. */
  isStill: boolean;
  /** True when there is a picture at all; false for a request of words only. */
  isSeen: boolean;
}

/** Boxes of two labels that overlap by more than this show one thing with two names. */
const SAME_PLACE = 0.6;
/** Neighbours of a scene are sure of their place from here on. */
const SURE_NEIGHBOUR = 0.6;
/** A frame darker than this shows nothing. */
export const BLACK = 0.06;

/** Reads what a request says about the picture. Labels without a rule are left out. */
export function sightOf(request: SoundtrackRequest): Sight {
  const { cues, curve, views = [], durationSeconds } = request;
  const seconds = request.looks ?? looksOf(request);
  const looks = { seconds, durationSeconds, camera: cameraPath(cues, request.camera) };
  const tracks = cues
    .filter((cue) => cue.times.length > 0 && COCO_LABELS[cue.label])
    .map((cue) => new ObjectTrack(cue, looks, rivalScore(cue, cues)));
  const scenes = scenesOf(request).map((scene, index): SeenScene => {
    const isIn = ({ atSeconds }: { atSeconds: number }) =>
      atSeconds >= scene.startSeconds && atSeconds < scene.endSeconds;
    const inScene = tracks.filter((track) => overlap(track, scene) > Math.min(0.3, track.seconds / 2));
    const brightness = mean(curve.filter(isIn).map((point) => point.brightness));
    const motion = mean(curve.filter(isIn).map((point) => point.motion));
    const fire = mean(views.filter(isIn).map((view) => view.fire)) ?? 0;
    const saturation = mean(
      views.filter(isIn).flatMap((view) => (view.saturation === undefined ? [] : [view.saturation])),
    );
    const places = scene.places;
    const place = placeOfScene({
      tracks: inScene,
      places,
      views: litViews(views.filter(isIn), curve),
      isSearched: seconds.length > 0,
      brightness,
    });
    return { ...scene, index, tracks: inScene, place, brightness, motion, saturation, fire };
  });
  likeNeighbours(scenes);
  for (const scene of scenes) if (scene.like !== null) scene.place = scenes[scene.like]?.place ?? scene.place;
  return {
    scenes,
    tracks,
    isStill: seconds.length <= 1 && curve.length <= 1,
    isSeen: cues.length > 0 || views.length > 0 || request.scenes !== undefined,
  };
}

/**
 * A scene that is only known to be outdoors is where the scenes around it are, as a face between two views of a street:
 * both neighbours are in one place outdoors, or the only one is.
 */
function likeNeighbours(scenes: readonly SeenScene[]): void {
  const found = scenes.map(({ place }) => place);
  scenes.forEach((scene, i) => {
    if (found[i]!.name !== 'outdoors' || found[i]!.isNight) return;
    const around = [found[i - 1], found[i + 1]].filter((place) => place !== undefined);
    const [first] = around;
    const isOne = around.every(
      ({ name, isIndoors }) => name === first!.name && !isIndoors && name !== 'screen',
    );
    if (first && isOne && first.certainty > SURE_NEIGHBOUR) scene.place = first;
  });
}

/** The frames that show something, if there are any: a black frame of a fade says nothing about a place. */
function litViews(views: readonly View[], curve: SoundtrackRequest['curve']): readonly View[] {
  const brightness = new Map(curve.map((point) => [point.atSeconds, point.brightness]));
  const lit = views.filter(({ atSeconds }) => (brightness.get(atSeconds) ?? 1) >= BLACK);
  return lit.length > 0 ? lit : views;
}

/** The seed of what happens in a scene: that of the request, and its own when it was made anew. */
export function seedOfScene({ seed: own }: Pick<RequestScene, 'seed'>, seed: number): string {
  return own ? `${seed}/${own}` : String(seed);
}

/** The scenes of a request; the whole film is one when they are not known. */
export function scenesOf({ scenes, durationSeconds, mood }: SoundtrackRequest): RequestScene[] {
  const inside = (scenes ?? []).filter(
    ({ startSeconds, endSeconds }) => startSeconds < durationSeconds && endSeconds > startSeconds,
  );
  if (inside.length === 0) {
    const whole = { startSeconds: 0, endSeconds: durationSeconds, fadeSeconds: 0, like: null };
    return [{ ...whole, mood, places: [], musicPrompt: '', effectsPrompt: '' }];
  }
  return inside.map((scene, i) => ({
    ...scene,
    startSeconds: i === 0 ? 0 : scene.startSeconds,
    endSeconds: i === inside.length - 1 ? durationSeconds : scene.endSeconds,
  }));
}

function looksOf({ cues, curve }: SoundtrackRequest): number[] {
  const times = cues.flatMap((cue) => cue.times.map(({ atSeconds }) => atSeconds));
  return [...new Set([...times, ...curve.map(({ atSeconds }) => atSeconds)])].sort((a, b) => a - b);
}

/** Highest score of a cue with another label whose box is in the same place in most looks. */
function rivalScore(cue: Cue, cues: readonly Cue[]): number {
  const rivals = cues.filter((other) => {
    if (other.label === cue.label) return false;
    const same = cue.times.filter((own) =>
      other.times.some((box) => box.atSeconds === own.atSeconds && boxOverlap(own, box) > SAME_PLACE),
    );
    return same.length > cue.times.length / 2;
  });
  return Math.max(0, ...rivals.map(({ score }) => score));
}

type Span = Pick<RequestScene, 'startSeconds' | 'endSeconds'>;

/** Seconds that two spans have in common; negative when they are apart. */
export function overlap(a: Span, b: Span): number {
  return Math.min(a.endSeconds, b.endSeconds) - Math.max(a.startSeconds, b.startSeconds);
}

function mean(values: readonly number[]): number | null {
  return values.length === 0 ? null : values.reduce((sum, x) => sum + x, 0) / values.length;
}
