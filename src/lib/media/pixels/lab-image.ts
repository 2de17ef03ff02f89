import type { RgbaImage } from './rgba-image.ts';

/** A picture in CIELAB (D65, 2° observer), one plane per coordinate: L* 0 … 100, a* and b* about -110 … 110. */
export interface LabImage {
  readonly width: number;
  readonly height: number;
  readonly lightness: Float32Array;
  readonly a: Float32Array;
  readonly b: Float32Array;
}

/** From an sRGB byte to linear light, 0 … 1 (IEC 61966-2-1). */
const LINEAR = Float64Array.from({ length: 256 }, (_, byte) => {
  const value = byte / 255;
  return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
});

const EPSILON = 216 / 24389;
const KAPPA = 24389 / 27;

function compress(ratio: number): number {
  return ratio > EPSILON ? Math.cbrt(ratio) : (KAPPA * ratio + 16) / 116;
}

/** CIELAB of one sRGB colour, bytes 0 … 255 (CIE 15:2004 with the D65 white of sRGB). */
export function labOf(red: number, green: number, blue: number): [number, number, number] {
  const r = LINEAR[red]!;
  const g = LINEAR[green]!;
  const b = LINEAR[blue]!;
  const x = compress((0.4124564 * r + 0.3575761 * g + 0.1804375 * b) / 0.95047);
  const y = compress(0.2126729 * r + 0.7151522 * g + 0.072175 * b);
  const z = compress((0.0193339 * r + 0.119192 * g + 0.9503041 * b) / 1.08883);
  return [116 * y - 16, 500 * (x - y), 200 * (y - z)];
}

/** Converts a picture to CIELAB. Alpha is ignored. */
export function toLab({ data, width, height }: RgbaImage): LabImage {
  const count = width * height;
  const lightness = new Float32Array(count);
  const a = new Float32Array(count);
  const b = new Float32Array(count);
  for (let i = 0; i < count; i++) {
    const lab = labOf(data[4 * i]!, data[4 * i + 1]!, data[4 * i + 2]!);
    lightness[i] = lab[0];
    a[i] = lab[1];
    b[i] = lab[2];
  }
  return { width, height, lightness, a, b };
}

/**
 * Hue angle in CIELAB, 0 … 360 degrees: red about 40, yellow 103, green 136, cyan 196, blue 306 (of sRGB's corners).
 */
export function hueDegrees(a: number, b: number): number {
  const degrees = (Math.atan2(b, a) * 180) / Math.PI;
  return degrees < 0 ? degrees + 360 : degrees;
}
