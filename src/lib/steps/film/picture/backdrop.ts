import type { RgbaImage } from '#lib/media/pixels/rgba-image.ts';

const LIGHT = '#ffffff';
const DARK = '#141414';

/**
 * A background for the transparent parts of a picture, a CSS colour: dark behind a light picture, white behind others;
 * null when nothing is transparent.
 */
export function backdropFor({ data }: RgbaImage): string | null {
  let covered = 0;
  let luma = 0;
  for (let i = 0; i < data.length; i += 4) {
    covered += data[i + 3]!;
    luma += data[i + 3]! * (0.2126 * data[i]! + 0.7152 * data[i + 1]! + 0.0722 * data[i + 2]!);
  }
  if (covered === (data.length / 4) * 255) return null;
  return covered > 0 && luma / covered > 160 ? DARK : LIGHT;
}
