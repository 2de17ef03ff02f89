import { labOf } from './lab-image.ts';
import type { RgbaImage } from './rgba-image.ts';

/** Rows with at most this L* can be part of a bar: video black with coding noise. */
const BLACK_LIGHTNESS = 6;

/**
 * The picture without black bars (letterbox, pillarbox). A bar is only removed together with an equal one on the other
 * side, so that a dark sky or floor stays. An entirely black picture is returned whole.
 */
export function cropToContent(image: RgbaImage): RgbaImage {
  const { left, top, width, height } = contentBox(image);
  if (left === 0 && top === 0) return image;
  const data = new Uint8ClampedArray(4 * width * height);
  for (let y = 0; y < height; y++) {
    const from = 4 * ((y + top) * image.width + left);
    data.set(image.data.subarray(from, from + 4 * width), 4 * y * width);
  }
  return { width, height, data };
}

/** The area of the picture without black bars, in pixels; see `cropToContent`. */
export function contentBox(image: RgbaImage): { left: number; top: number; width: number; height: number } {
  const { width, height } = image;
  const isDark = darkness(image);
  const isRowDark = (y: number) => every(width, (x) => isDark(x, y));
  const isColumnDark = (x: number) => every(height, (y) => isDark(x, y));
  const top = barSize(height, isRowDark);
  const left = barSize(width, isColumnDark);
  const cropped = { left, top, width: width - 2 * left, height: height - 2 * top };
  return cropped.width < 2 || cropped.height < 2 ? { left: 0, top: 0, width, height } : cropped;
}

function darkness({ data, width }: RgbaImage): (x: number, y: number) => boolean {
  return (x, y) => {
    const i = 4 * (y * width + x);
    return labOf(data[i]!, data[i + 1]!, data[i + 2]!)[0] < BLACK_LIGHTNESS;
  };
}

/** Thickness of two equal bars (the thicker one, with a tolerance of a pixel); 0 when one side has none. */
function barSize(length: number, isDark: (at: number) => boolean): number {
  let first = 0;
  while (first < length && isDark(first)) first++;
  let last = 0;
  while (last < length - first && isDark(length - 1 - last)) last++;
  return first > 0 && Math.abs(first - last) <= 1 && last > 0 ? Math.max(first, last) : 0;
}

function every(count: number, test: (at: number) => boolean): boolean {
  for (let at = 0; at < count; at++) if (!test(at)) return false;
  return true;
}
