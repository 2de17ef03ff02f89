import type { RgbaImage } from '#lib/media/pixels/rgba-image.ts';

/** A picture from a rule: the colour (bytes) at each pixel. */
export function paint(
  width: number,
  height: number,
  colourAt: (x: number, y: number) => readonly [number, number, number],
): RgbaImage {
  const data = new Uint8ClampedArray(4 * width * height);
  for (let i = 0; i < width * height; i++)
    data.set([...colourAt(i % width, Math.floor(i / width)), 255], 4 * i);
  return { width, height, data };
}

/** Pseudo-random numbers from 0 to 1. */
export function dice(seed = 1): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
}
