import { connectedAreas } from '#lib/media/pixels/connected-areas.ts';
import type { RgbaImage } from '#lib/media/pixels/rgba-image.ts';
import { mean, smoothstep } from '#lib/media/pixels/statistics.ts';
import { UNREST_CELLS, UNREST_COLUMNS, UNREST_LENGTH, UNREST_ROWS } from '#lib/media/watch/unrest.ts';
import type { Watched } from '#lib/media/watch/watched.ts';

/** What moves around a frame, for each cell of a grid over the picture: see `UnrestMeter`. */
export interface CellUnrest {
  /** The least of the seconds around the frame, 0 … 1: what passes is not restless for long. */
  unrest: Float32Array;
  /** 0 … 1; about 0.2 for what moves on, over 0.5 for what comes and goes. */
  reversal: Float32Array;
}

/** Colours of a picture, all 0 … 1. */
export interface Colours {
  /** Share of greenish pixels in each cell. */
  green: Float32Array;
  saturation: number;
  brightness: number;
}

/** What is seen by how it moves, each 0 … 1. */
export interface Moving {
  /** Water from side to side. */
  sea: number;
  /** Other water that flows or ripples. */
  water: number;
  /** Rain or snow that falls. */
  rain: number;
}

/** Seconds that count for a frame, before and after it. */
const NEAR_SECONDS = 1.1;
/** A second with fewer pictures is not measured: the last part of a film, or one of few pictures. */
const LEAST_PICTURES = 18;
/** From this weight on a cut ends what belongs to a frame. */
const SURE_CUT = 0.5;
/** Restless cells that touch each other are one surface from this share of the picture on. */
const LEAST_SURFACE = 0.02;
/** Share of a row that is restless where water goes from side to side. */
const FROM_SIDE_TO_SIDE = 0.75;
/** Where even the calmest cells are as restless as this, it is the noise of the camera. */
const NOISE = 0.06;

/** The unrest around a time on the clock of the source; null when it was not watched, or too short a shot. */
export function unrestAround(
  { times, unrestTimes, unrest }: Pick<Watched, 'times' | 'unrestTimes' | 'unrest'>,
  atSeconds: number,
  cuts: readonly { atSeconds: number; weight: number }[],
): CellUnrest | null {
  const isApart = (middle: number) =>
    cuts.some(
      (cut) =>
        cut.weight >= SURE_CUT &&
        cut.atSeconds > Math.min(atSeconds, middle - 0.5) &&
        cut.atSeconds < Math.max(atSeconds, middle + 0.5),
    );
  const near = [...unrestTimes.keys()].filter((stretch) => {
    const middle = unrestTimes[stretch]!;
    if (Math.abs(middle - atSeconds) > NEAR_SECONDS || isApart(middle)) return false;
    return times.filter((at) => Math.abs(at - middle) <= 0.5).length >= LEAST_PICTURES;
  });
  if (near.length === 0) return null;
  const read = (cell: number) => near.map((stretch) => unrest[stretch * UNREST_LENGTH + cell]! / 255);
  return {
    unrest: Float32Array.from({ length: UNREST_CELLS }, (_, cell) => Math.min(...read(cell))),
    reversal: Float32Array.from({ length: UNREST_CELLS }, (_, cell) => mean(read(UNREST_CELLS + cell))),
  };
}

/**
 * Likelihood of water and rain by how the light of a picture changes, after "dynamic textures" (Doretto et al. 2003):
 * their changes are steady, but come back at once. Water: restless cells that touch each other and are not green, since
 * leaves in the wind move alike; a sea where they go from side to side in many rows. Rain: cells all over a grey picture
 * whose light reverses, also where nothing else moves.
 */
export function movingRegions(
  { unrest, reversal }: CellUnrest,
  { green, saturation, brightness }: Colours,
): Moving {
  const calmest = unrest.toSorted()[Math.floor(UNREST_CELLS / 10)]!;
  const isNoise = smoothstep(NOISE / 2, NOISE, calmest);
  const likely = unrest.map(
    (value, cell) =>
      // What is more restless than its own contrast flickers: lamps, screens, faults of the video.
      smoothstep(0.08, 0.15, value) *
      (1 - smoothstep(0.6, 0.8, value)) *
      smoothstep(0.44, 0.55, reversal[cell]!) *
      (1 - smoothstep(0.3, 0.6, green[cell]!)),
  );
  const mask = Uint8Array.from(likely, (value) => (value > 0.4 ? 1 : 0));
  const surfaces = connectedAreas(mask, UNREST_COLUMNS, UNREST_ROWS)
    .map((cells) => cells.reduce((sum, cell) => sum + likely[cell]!, 0) / UNREST_CELLS)
    .filter((share) => share >= LEAST_SURFACE);
  const surface = surfaces.reduce((sum, share) => sum + share, 0);
  const water = smoothstep(0.04, 0.09, surface) * (1 - isNoise);
  const isWide = smoothstep(0.3, 0.5, wideRows(mask) / UNREST_ROWS);
  const reversing =
    reversal.filter((value, cell) => value > 0.55 && unrest[cell]! < 0.5).length / UNREST_CELLS;
  const isGrey = 1 - smoothstep(0.22, 0.35, saturation);
  const isDay = smoothstep(0.15, 0.3, brightness);
  return {
    sea: water * isWide,
    water: water * (1 - isWide),
    rain: smoothstep(0.4, 0.55, reversing) * isGrey * isDay * (1 - isNoise),
  };
}

/** How many rows are restless from side to side. */
function wideRows(mask: Uint8Array): number {
  const rows = Array.from({ length: UNREST_ROWS }, (_, row) =>
    mask.subarray(row * UNREST_COLUMNS, (row + 1) * UNREST_COLUMNS),
  );
  return rows.filter((cells) => mean(cells) >= FROM_SIDE_TO_SIDE).length;
}

/** The colours of a picture that moving regions depend on. */
export function coloursOf({ data, width, height }: RgbaImage): Colours {
  const green = new Float32Array(UNREST_CELLS);
  const count = new Float32Array(UNREST_CELLS);
  let [chroma, light] = [0, 0];
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const at = 4 * (y * width + x);
      const [red, mid, blue] = [data[at]!, data[at + 1]!, data[at + 2]!];
      const row = Math.floor((y * UNREST_ROWS) / height);
      const cell = row * UNREST_COLUMNS + Math.floor((x * UNREST_COLUMNS) / width);
      count[cell]!++;
      if (2 * mid - red - blue > 0.08 * (red + mid + blue) && blue < 0.9 * mid) green[cell]!++;
      chroma += Math.max(red, mid, blue) - Math.min(red, mid, blue);
      light += Math.max(red, mid, blue);
    }
  }
  return {
    green: green.map((value, cell) => value / Math.max(1, count[cell]!)),
    saturation: chroma / Math.max(1, light),
    brightness: light / (255 * Math.max(1, width * height)),
  };
}
