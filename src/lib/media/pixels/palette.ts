import { labOf } from './lab-image.ts';
import type { RgbaImage } from './rgba-image.ts';

/** One dominant colour: `#rrggbb` and the share of the pixels nearest to it, 0 … 1. */
export interface PaletteColour {
  colour: string;
  share: number;
}

/** Colours nearer than this (ΔE*ab) are shades of one colour and are joined. */
const SAME_COLOUR = 15;
/** A colour with a smaller share is joined with its nearest neighbour. */
const MIN_SHARE = 0.02;
const ROUNDS = 16;

interface Swatch {
  weight: number;
  rgb: [number, number, number];
  lab: [number, number, number];
}

/**
 * The dominant colours, most frequent first, at most `size`: k-means in CIELAB over a 15-bit colour histogram. It is
 * initialised like k-means++ (Arthur & Vassilvitskii 2007) but without randomness, always with the swatch that reduces
 * the error most, so that the same pixels give the same palette.
 */
export function palette(image: RgbaImage, size = 5): PaletteColour[] {
  const swatches = histogram(image);
  let colours = start(swatches, size);
  for (let round = 0; round < ROUNDS; round++) {
    const next = gather(swatches, colours);
    const isSettled = next.every((colour, i) => distance(colour.lab, colours[i]!.lab) < 0.01);
    colours = next;
    if (isSettled) break;
  }
  colours = joinNear(colours);
  const total = colours.reduce((sum, colour) => sum + colour.weight, 0);
  return colours
    .map(({ rgb, weight }) => ({ colour: toHex(rgb), share: weight / total }))
    .sort((one, other) => other.share - one.share || (one.colour < other.colour ? -1 : 1));
}

function histogram({ data, width, height }: RgbaImage): Swatch[] {
  const swatches = new Map<number, Swatch>();
  for (let i = 0; i < 4 * width * height; i += 4) {
    const [red, green, blue] = [data[i]!, data[i + 1]!, data[i + 2]!];
    const bin = ((red >> 3) << 10) | ((green >> 3) << 5) | (blue >> 3);
    const swatch = swatches.get(bin);
    if (!swatch) {
      swatches.set(bin, { weight: 1, rgb: [red, green, blue], lab: [0, 0, 0] });
      continue;
    }
    swatch.weight++;
    swatch.rgb[0] += red;
    swatch.rgb[1] += green;
    swatch.rgb[2] += blue;
  }
  return [...swatches.values()].map(({ weight, rgb }) => swatchOf(weight, rgb[0], rgb[1], rgb[2]));
}

/** A swatch from the sums of its pixels' bytes. */
function swatchOf(weight: number, red: number, green: number, blue: number): Swatch {
  const rgb: Swatch['rgb'] = [red / weight, green / weight, blue / weight];
  return { weight, rgb, lab: labOf(Math.round(rgb[0]), Math.round(rgb[1]), Math.round(rgb[2])) };
}

function start(swatches: Swatch[], size: number): Swatch[] {
  const chosen = [swatches.reduce((most, swatch) => (swatch.weight > most.weight ? swatch : most))];
  const gaps = swatches.map((swatch) => distance(swatch.lab, chosen[0]!.lab) ** 2);
  while (chosen.length < size) {
    const gains = gaps.map((gap, i) => gap * swatches[i]!.weight);
    const best = gains.indexOf(Math.max(...gains));
    if (gains[best] === 0) break;
    const colour = swatches[best]!;
    chosen.push(colour);
    swatches.forEach((swatch, i) => (gaps[i] = Math.min(gaps[i]!, distance(swatch.lab, colour.lab) ** 2)));
  }
  return chosen;
}

/** Assigns every swatch to its nearest colour; each colour becomes the mean of its swatches. */
function gather(swatches: Swatch[], colours: Swatch[]): Swatch[] {
  const sums = colours.map(() => [0, 0, 0, 0] as [number, number, number, number]);
  for (const { weight, rgb, lab } of swatches) {
    const sum = sums[nearest(lab, colours)]!;
    sum[0] += weight;
    sum[1] += weight * rgb[0];
    sum[2] += weight * rgb[1];
    sum[3] += weight * rgb[2];
  }
  return sums.map(([weight, red, green, blue], i) =>
    weight ? swatchOf(weight, red, green, blue) : { ...colours[i]!, weight: 0 },
  );
}

function joinNear(colours: Swatch[]): Swatch[] {
  const kept = colours.filter(({ weight }) => weight > 0);
  const total = kept.reduce((sum, { weight }) => sum + weight, 0);
  while (kept.length > 1) {
    kept.sort((one, other) => other.weight - one.weight);
    const least = kept.length - 1;
    let pair = nearestPair(kept);
    if (pair.gap >= SAME_COLOUR) {
      if (kept[least]!.weight >= MIN_SHARE * total) break;
      pair = { into: nearest(kept[least]!.lab, kept.slice(0, least)), from: least, gap: pair.gap };
    }
    const [joined] = kept.splice(pair.from, 1);
    kept[pair.into] = mix(kept[pair.into]!, joined!);
  }
  return kept;
}

function mix(one: Swatch, other: Swatch): Swatch {
  const sum = (channel: 0 | 1 | 2) => one.rgb[channel] * one.weight + other.rgb[channel] * other.weight;
  return swatchOf(one.weight + other.weight, sum(0), sum(1), sum(2));
}

function nearestPair(colours: Swatch[]): { into: number; from: number; gap: number } {
  let best = { into: 0, from: 1, gap: Infinity };
  for (let into = 0; into < colours.length; into++) {
    for (let from = into + 1; from < colours.length; from++) {
      const gap = distance(colours[into]!.lab, colours[from]!.lab);
      if (gap < best.gap) best = { into, from, gap };
    }
  }
  return best;
}

function nearest(lab: Swatch['lab'], colours: Swatch[]): number {
  let best = 0;
  let least = Infinity;
  colours.forEach((colour, i) => {
    const gap = distance(lab, colour.lab);
    if (gap < least) [best, least] = [i, gap];
  });
  return best;
}

function distance(one: Swatch['lab'], other: Swatch['lab']): number {
  return Math.hypot(one[0] - other[0], one[1] - other[1], one[2] - other[2]);
}

function toHex(rgb: Swatch['rgb']): string {
  return `#${rgb.map((channel) => Math.round(channel).toString(16).padStart(2, '0')).join('')}`;
}
