import { hueDegrees, labOf } from './lab-image.ts';

/** The eleven basic colour terms of English (Berlin & Kay 1969). */
export type ColourName =
  'black' | 'white' | 'grey' | 'red' | 'orange' | 'brown' | 'yellow' | 'green' | 'blue' | 'purple' | 'pink';

/** The basic colour term for `#rrggbb`, from lightness, chroma and hue in CIELAB. */
export function colourName(hex: string): ColourName {
  const bytes = [1, 3, 5].map((at) => Number.parseInt(hex.slice(at, at + 2), 16));
  if (bytes.length !== 3 || bytes.some(Number.isNaN) || hex.length !== 7) {
    throw new TypeError(`A colour is written #rrggbb; "${hex}" is not.`);
  }
  const [lightness, a, b] = labOf(bytes[0]!, bytes[1]!, bytes[2]!);
  const chroma = Math.hypot(a, b);
  // Near black, even a saturated colour looks black.
  if (lightness < 12 || chroma < 9) return lightness < 22 ? 'black' : lightness > 85 ? 'white' : 'grey';
  const hue = hueDegrees(a, b);
  if (hue < 20 || hue >= 345) return lightness > 55 ? 'pink' : 'red';
  if (hue < 48) return lightness > 68 ? 'pink' : chroma > 45 ? 'red' : 'brown';
  if (hue < 78) return lightness > 58 && chroma > 45 ? 'orange' : 'brown';
  if (hue < 105) return lightness > 60 ? 'yellow' : lightness > 35 && hue > 95 ? 'green' : 'brown';
  if (hue < 195) return 'green';
  if (hue < 312) return 'blue';
  return lightness > 65 && hue > 320 ? 'pink' : 'purple';
}
