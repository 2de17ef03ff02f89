import { clamp } from '../pixels/statistics.ts';
import { firstFrom } from '../scenes/windows.ts';
import { BLOCKS, COLUMNS, ROWS } from '../watch/picture-grid.ts';
import { BoxTemplate, type Place } from './box-template.ts';

/** A place at a time, seconds. */
export interface PlaceAt extends Place {
  atSeconds: number;
}

/** Small pictures of a film, ascending in time: see `Watched`. */
export interface Looks {
  lookTimes: Float64Array;
  looks: Uint8Array;
}

/** Between pictures further apart nothing is followed, seconds. */
const LONGEST_GAP_SECONDS = 0.5;
/** How far around the expected place it is searched for, in blocks, at most and at least, and in sizes of the box. */
const MOST_REACH = 8;
const LEAST_REACH = 2;
const REACH = 0.6;
/** A match is one whose difference is below this share of the mean difference around it. */
const CLEAR = 0.6;
/** Largest mean difference of luma of a match, 0 … 255. */
const MOST_DIFFERENCE = 28;
/** A place other than that of a thing at rest has to fit better by this factor: in noise any of them fits a little better. */
const EARNED = 0.9;
/** Growth from one picture to the next that is tried, as a factor. */
const GROWTHS = [0.94, 1.06];
/** Of a thing that leaves the picture at least this share is in it. */
const LEAST_INSIDE = 0.5;

/**
 * Follows what is in a box from picture to picture by block matching: the place with the least mean difference of luma
 * around where it would be with its last speed, then a parabola for the fraction of a block.
 * @param from Where it is, and when.
 * @param toSeconds Until when it is followed: before `from` backwards in time.
 * @returns Its places after `from` in the order in which it was followed, until it is lost, leaves the picture, or `toSeconds`.
 */
export function followBox({ lookTimes, looks }: Looks, from: PlaceAt, toSeconds: number): PlaceAt[] {
  const step = toSeconds < from.atSeconds ? -1 : 1;
  let at = nearestLook(lookTimes, from.atSeconds);
  if (at < 0 || Math.abs(lookTimes[at]! - from.atSeconds) > LONGEST_GAP_SECONDS) return [];
  const lumaOf = (index: number) => looks.subarray(index * BLOCKS, (index + 1) * BLOCKS);
  const template = new BoxTemplate(lumaOf(at), from);
  if (!template.isTextured) return [];
  const places: PlaceAt[] = [];
  let place: Place = from;
  let [speedX, speedY] = [0, 0];
  for (;;) {
    const next = at + step;
    const atSeconds = lookTimes[next];
    if (atSeconds === undefined || (atSeconds - toSeconds) * step > 0) return places;
    const gap = Math.abs(atSeconds - lookTimes[at]!);
    if (gap > LONGEST_GAP_SECONDS) return places;
    const found = search(template, lumaOf(next), place, speedX * gap, speedY * gap);
    if (!found || insideOf(found) < LEAST_INSIDE) return places;
    [speedX, speedY] = [(found.x - place.x) / gap, (found.y - place.y) / gap];
    place = found;
    // A place at the time of the box itself says nothing new.
    if (atSeconds !== from.atSeconds) places.push({ ...found, atSeconds });
    template.take(lumaOf(next), found);
    at = next;
  }
}

/** The place around the expected one that fits best; null when none fits clearly. */
function search(template: BoxTemplate, luma: Uint8Array, place: Place, dx: number, dy: number): Place | null {
  const reach = (size: number, blocks: number) =>
    clamp(Math.ceil(REACH * size * blocks), LEAST_REACH, MOST_REACH);
  const [reachX, reachY] = [reach(place.width, COLUMNS), reach(place.height, ROWS)];
  const difference = (x: number, y: number, growth = 1) => template.difference(luma, x, y, growth);
  const guess = {
    x: place.x + Math.round(dx * COLUMNS) / COLUMNS,
    y: place.y + Math.round(dy * ROWS) / ROWS,
  };
  let best = { x: place.x, y: place.y };
  const atRest = difference(best.x, best.y);
  let least = atRest * EARNED;
  let [sum, count] = [0, 0];
  for (let row = -reachY; row <= reachY; row++) {
    for (let column = -reachX; column <= reachX; column++) {
      const there = { x: guess.x + column / COLUMNS, y: guess.y + row / ROWS };
      const value = difference(there.x, there.y);
      if (value === Infinity) continue;
      sum += value;
      count++;
      if (value < least) [least, best] = [value, there];
    }
  }
  const isAtRest = best.x === place.x && best.y === place.y;
  const reached = isAtRest ? atRest : least;
  if (count === 0 || reached > MOST_DIFFERENCE || reached > (CLEAR * sum) / count) return null;
  const fine = isAtRest
    ? best
    : {
        x: best.x + vertex(reached, (offset) => difference(best.x + offset / COLUMNS, best.y)) / COLUMNS,
        y: best.y + vertex(reached, (offset) => difference(best.x, best.y + offset / ROWS)) / ROWS,
      };
  return grown(template, luma, fine, place);
}

/** Where between the blocks on either side the least difference lies, by a parabola, -½ … ½ blocks. */
function vertex(middle: number, at: (offset: number) => number): number {
  const [before, after] = [at(-1), at(1)];
  const bend = before - 2 * middle + after;
  if (!Number.isFinite(bend) || bend <= 0) return 0;
  return clamp((before - after) / (2 * bend), -0.5, 0.5);
}

/** The same place with the size that fits best. */
function grown(
  template: BoxTemplate,
  luma: Uint8Array,
  { x, y }: { x: number; y: number },
  { width, height }: Place,
): Place {
  let least = template.difference(luma, x, y, 1) * EARNED;
  let growth = 1;
  for (const factor of GROWTHS) {
    const value = template.difference(luma, x, y, factor);
    if (value < least) [least, growth] = [value, factor];
  }
  const [more, higher] = [width * (growth - 1), height * (growth - 1)];
  return { x: x - more / 2, y: y - higher / 2, width: width + more, height: height + higher };
}

/** Share of a box that is in the picture. */
function insideOf({ x, y, width, height }: Place): number {
  const along = (from: number, size: number) => (Math.min(1, from + size) - Math.max(0, from)) / size;
  return Math.max(0, along(x, width)) * Math.max(0, along(y, height));
}

/** The index of the picture nearest to a time; -1 for none. */
function nearestLook(lookTimes: Float64Array, atSeconds: number): number {
  const after = firstFrom(lookTimes, atSeconds);
  const before = after - 1;
  if (after === lookTimes.length) return before;
  return before >= 0 && atSeconds - lookTimes[before]! <= lookTimes[after]! - atSeconds ? before : after;
}
