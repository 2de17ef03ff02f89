import type { Cue } from '#lib/job/score.ts';
import type { Place } from '#lib/media/follow/box-template.ts';
import type { PlaceAt } from '#lib/media/follow/follow-box.ts';
import { clamp } from '#lib/media/pixels/statistics.ts';

/** One place of an object in its track. */
export type Seen = Cue['times'][number];

/** So near to a frame in time what was followed is compared with its boxes: the distance of the small pictures. */
const NEAR_SECONDS = 0.25;
/** Sizes by which a box may lie from where an object was followed to, and still be that object. */
const SAME_OBJECT = 1;
/** What was followed to so near to an edge of the picture has left it. */
const EDGE = 0.02;

/** Where something was followed to at a time, if it was. */
export function seenAt(path: readonly PlaceAt[], atSeconds: number): PlaceAt | null {
  const last = path.at(-1);
  return last && Math.abs(atSeconds - last.atSeconds) <= NEAR_SECONDS ? last : null;
}

/**
 * Whether a box may show the object that was followed along a path: it is where the path ends, or the path ends too early
 * to say so, but not at an edge of the picture that the box is far from.
 */
export function isOneObject(path: readonly PlaceAt[], box: Place, atSeconds: number): boolean {
  const last = path.at(-1);
  if (!last) return true;
  const reach = SAME_OBJECT * Math.max(box.width, box.height, last.width, last.height);
  const isNear =
    Math.abs(last.x + last.width / 2 - box.x - box.width / 2) <= reach &&
    Math.abs(last.y + last.height / 2 - box.y - box.height / 2) <= reach;
  return isNear || (!seenAt(path, atSeconds) && !isAtEdge(last));
}

function isAtEdge({ x, y, width, height }: Place): boolean {
  return Math.min(x, y, 1 - x - width, 1 - y - height) <= EDGE;
}

/**
 * The places between two boxes of one object: followed forwards from the first and backwards from the second, in time
 * order. Where both know a place, the nearer box counts more.
 * @param fromSeconds,toSeconds Times of the boxes; without them one of the paths is empty.
 */
export function joined(
  forwards: readonly PlaceAt[],
  backwards: readonly PlaceAt[],
  fromSeconds = -Infinity,
  toSeconds = Infinity,
): Seen[] {
  const isBetween = ({ atSeconds }: PlaceAt) => atSeconds > fromSeconds && atSeconds < toSeconds;
  const places = new Map(forwards.filter(isBetween).map((place) => [place.atSeconds, place]));
  for (const place of backwards.filter(isBetween)) {
    const other = places.get(place.atSeconds);
    const share = (place.atSeconds - fromSeconds) / (toSeconds - fromSeconds);
    places.set(place.atSeconds, other ? blend(other, place, share) : place);
  }
  return [...places.values()].sort((a, b) => a.atSeconds - b.atSeconds).map(inPicture);
}

function blend(one: PlaceAt, other: PlaceAt, share: number): PlaceAt {
  const mixed = (of: keyof Place) => one[of] + (other[of] - one[of]) * share;
  const { atSeconds } = one;
  return { atSeconds, x: mixed('x'), y: mixed('y'), width: mixed('width'), height: mixed('height') };
}

/** The part of a place that is in the picture. */
function inPicture({ atSeconds, x, y, width, height }: PlaceAt): Seen {
  const [left, top] = [clamp(x, 0, 1), clamp(y, 0, 1)];
  const [right, bottom] = [clamp(x + width, 0, 1), clamp(y + height, 0, 1)];
  return { atSeconds, x: left, y: top, width: right - left, height: bottom - top, isFollowed: true };
}
