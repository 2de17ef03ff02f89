import type { SeenScene } from '../../evidence/sight.ts';

/** Things that sound only when somebody uses them. */
const USED = new Set(
  'bottle|wine glass|cup|fork|knife|spoon|bowl|laptop|keyboard|mouse|book|scissors|toothbrush|hair drier|microwave|toaster|umbrella'.split(
    '|',
  ),
);

/** Engines that are heard in a picture, although it doesn't show whether they run. */
const RUNNING_IN_PICTURES = new Set(['bus', 'train', 'motorcycle']);
/** Things that usually call while they move, and are heard in a picture. */
const CALLING_IN_PICTURES = new Set(['train', 'horse']);

/** Animals that graze: detectors take one for another, and deer for any of them, but a herd is of one kind. */
const HERDS = new Set(['cow', 'sheep', 'horse', 'elephant', 'zebra', 'giraffe', 'bear']);
/** Of these, a single one keeps quiet. */
const QUIET_ALONE = new Set(['cow', 'sheep', 'bear']);

/** Umbrellas by the water or in bright light are against the sun. */
const SUNNY_PLACES = new Set(['beach', 'sea', 'harbour', 'meadow', 'snow']);
const SUNNY = 0.5;

/** A cat is only heard where it is surely indoors: in a room with a name, or at least so probably. */
const SURE_ROOM = 0.7;
/** A cat that fills this share of the picture, and has a score like this, lets somebody near: it is tame. */
const TAME_AREA = 0.3;
const TAME_SCORE = 0.8;

/** A frisbee flies for longer than this. */
const LEAST_FLIGHT_SECONDS = 1.5;
const MANY_HITS = 4;

/** Whether what is taken for a frisbee is hit so often that it is a ball. */
export function isHitOften(label: string, hits: number, { startSeconds, endSeconds }: SeenScene): boolean {
  return (
    label === 'frisbee' && hits >= MANY_HITS && (endSeconds - startSeconds) / hits < LEAST_FLIGHT_SECONDS
  );
}

/** Whether a thing only sounds when somebody is there to use it. */
export function needsCompany(label: string): boolean {
  return USED.has(label);
}

/** Whether a thing that sounds while it moves is heard in a still picture. */
export function runsInPicture(label: string): boolean {
  return RUNNING_IN_PICTURES.has(label);
}

/** Whether a thing that calls while it moves is heard in a still picture. */
export function callsInPicture(label: string): boolean {
  return CALLING_IN_PICTURES.has(label);
}

/**
 * Whether things of a kind keep quiet in a scene: no rain falls on an umbrella in the sun, cats call their people indoors and prowl in silence outdoors unless they are tame, a single
 * cow has nobody to call, and of two kinds of grazing animals in one picture only the surer kind is there.
 */
export function isQuiet(label: string, { place, tracks, brightness }: SeenScene): boolean {
  if (label === 'umbrella')
    return place.isIndoors || SUNNY_PLACES.has(place.name) || (brightness ?? 0) > SUNNY;
  if (label === 'cat') {
    const isTame = tracks.some(
      (cat) => cat.label === label && cat.area >= TAME_AREA && cat.bestScore >= TAME_SCORE,
    );
    return !isTame && (!place.isIndoors || (place.name === 'indoors' && place.certainty < SURE_ROOM));
  }
  if (!HERDS.has(label)) return false;
  const sureness = (of: string) =>
    tracks.reduce((sum, track) => sum + (track.label === of ? track.evidence.certainty : 0), 0);
  const others = [...HERDS].filter((other) => other !== label).map(sureness);
  if (Math.max(...others) > sureness(label)) return true;
  const count = tracks.filter((track) => track.label === label && track.evidence.isHeard).length;
  return QUIET_ALONE.has(label) && count < 2;
}
