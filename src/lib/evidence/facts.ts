import type { FeaturesOutput, FrameFeatures } from '#lib/job/entries/features.ts';
import type { ObjectsOutput } from '#lib/job/entries/objects.ts';
import type { Certain, Facts } from '#lib/job/facts.ts';
import { colourName } from '#lib/media/pixels/colour-name.ts';
import { clamp, mean } from '#lib/media/pixels/statistics.ts';
import { activityOf } from './activities.ts';
import { placesOf } from './places.ts';
import { outdoorLikelihood, regionsOf } from './regions.ts';
import { sightingsOf } from './sightings.ts';
import { thingOf } from './things.ts';

/** What facts are found in. */
export interface FactSources {
  features: Pick<FeaturesOutput, 'frames'>;
  objects: Pick<ObjectsOutput, 'frames' | 'removed'>;
}

/** A part of a film, seconds on the clock of the source; the end is not in it. */
export interface Span {
  startSeconds: number;
  endSeconds: number;
}

/** Things and regions below this certainty are no facts. */
const POSSIBLE = 0.4;
/** From this likelihood on a region decides what light there is. */
const LIKELY = 0.6;
/** A cut is sure from this likelihood on. */
const SURE_CUT = 0.5;
/** The least share of a frame that makes a colour a main one. */
const MAIN_COLOUR = 0.15;
/** Things that are only seen indoors, or in the open: they decide more surely than colours. */
const INDOORS = new Set([
  ...['bed', 'couch', 'toilet', 'tv', 'oven', 'microwave', 'refrigerator', 'sink', 'toaster', 'keyboard'],
  ...['mouse', 'remote', 'hair drier', 'toothbrush', 'dining table', 'laptop'],
]);
const OUTDOORS = new Set([
  ...[
    'car',
    'bus',
    'truck',
    'train',
    'traffic light',
    'stop sign',
    'parking meter',
    'fire hydrant',
    'boat',
    'airplane',
  ],
  ...['horse', 'cow', 'sheep', 'zebra', 'giraffe', 'elephant', 'kite', 'surfboard', 'skis', 'snowboard'],
]);
/** Regions that the user sees by another word. */
const WORDS: Readonly<Record<string, string>> = { vegetation: 'foliage' };
/** Where these are seen for sure, a large blue or grey surface is rather a road or a wall than the sea. */
const NOT_AT_SEA = new Set([
  'car',
  'bus',
  'truck',
  'train',
  'traffic light',
  'bed',
  'couch',
  'tv',
  'oven',
  'toilet',
]);

/** The facts of a film or a picture, or of a part of it. */
export function factsOf({ features, objects }: FactSources, span?: Span): Facts {
  const isInside = ({ atSeconds }: { atSeconds: number }) =>
    !span || (atSeconds >= span.startSeconds && atSeconds < span.endSeconds);
  const frames = features.frames.filter(isInside);
  const isCut = frames.map(({ cutLikelihood }) => cutLikelihood >= SURE_CUT);
  const brightnessAt = new Map(frames.map(({ atSeconds, brightness }) => [atSeconds, brightness]));
  const seen = objects.frames.filter(isInside).map(({ atSeconds, boxes }) => ({
    brightness: brightnessAt.get(atSeconds) ?? 1,
    boxes: boxes.filter(({ label }) => !objects.removed.includes(label)),
  }));
  const sightings = sightingsOf(seen).filter(({ certainty }) => certainty >= POSSIBLE);
  const things = sightings.map((each) => thingOf(each, isCut));
  const surest = (labels: ReadonlySet<string>) =>
    Math.max(0, ...things.filter(({ label }) => labels.has(label)).map(({ certainty }) => certainty));
  const outdoor = outdoorOf(frames, surest(OUTDOORS), surest(INDOORS));
  const regions = Object.entries(regionsOf(frames))
    .map(([name, likelihood]): Certain => ({
      name,
      certainty: name === 'sea' ? likelihood * (1 - 0.7 * surest(NOT_AT_SEA)) : likelihood,
    }))
    .filter(({ name, certainty }) => certainty >= POSSIBLE && !objects.removed.includes(WORDS[name] ?? name))
    .sort((one, other) => other.certainty - one.certainty);
  return {
    things,
    activity: activityOf(sightings),
    places: placesOf({ things, regions, outdoor }),
    regions,
    light: lightOf(regions, outdoor, frames),
    outdoor,
    pace: paceOf(frames),
    brightness: brightnessOf(frames),
    colours: coloursOf(frames),
  };
}

/** 0 indoors … 1 outdoors: by the regions and the light, moved by things that are in rooms or in the open only. */
function outdoorOf(frames: readonly FrameFeatures[], outside: number, inside: number): number {
  const measured = outdoorLikelihood(regionsOf(frames), mean(frames.map(({ warmth }) => warmth)));
  return clamp(measured + 0.8 * outside - 0.8 * inside, 0, 1);
}

/** Day, sunset or night; null where a room has its own light, or it is too dark to tell. */
function lightOf(
  regions: readonly Certain[],
  outdoor: number,
  frames: readonly FrameFeatures[],
): Facts['light'] {
  const has = (name: string) => regions.some((region) => region.name === name && region.certainty >= LIKELY);
  if (has('night')) return 'night';
  if (has('sunset')) return 'sunset';
  return outdoor >= 0.6 && mean(frames.map(({ brightness }) => brightness)) > 0.36 ? 'day' : null;
}

function paceOf(frames: readonly FrameFeatures[]): Facts['pace'] {
  const withinShots = frames.filter(({ cutLikelihood }, i) => i > 0 && cutLikelihood < SURE_CUT);
  if (!withinShots.length) return null;
  const motion = mean(withinShots.map((frame) => frame.motion));
  if (motion < 0.1) return 'still';
  if (motion < 0.25) return 'calm';
  return motion > 0.7 ? 'fast' : 'lively';
}

function brightnessOf(frames: readonly FrameFeatures[]): Facts['brightness'] {
  const brightness = mean(frames.map((frame) => frame.brightness));
  if (brightness < 0.36) return 'dim';
  return brightness > 0.66 ? 'bright' : 'medium';
}

/** Up to two names of colours, the most frequent first. */
function coloursOf(frames: readonly FrameFeatures[]): string[] {
  const shares = new Map<string, number>();
  for (const { colour, share } of frames.flatMap(({ palette }) => palette)) {
    const name = colourName(colour);
    shares.set(name, (shares.get(name) ?? 0) + share / frames.length);
  }
  return [...shares]
    .filter(([, share]) => share >= MAIN_COLOUR)
    .sort(([, one], [, other]) => other - one)
    .slice(0, 2)
    .map(([name]) => name);
}
