import { deviation, eitherOf, smoothstep } from '#lib/media/pixels/statistics.ts';
import type { FramePlanes } from './frame-planes.ts';
import { levelHorizon, type Sky } from './sky.ts';

/** Share of water-like pixels that a row of a sea must have, since a sea extends from side to side. */
const ROW_SHARE = 0.5;

/**
 * Likelihood of a wide water surface, 0 … 1, by colour or by shape. Both require more vertical than horizontal
 * gradients, because waves seen at a low angle are horizontal streaks.
 */
export function seaLikelihood(planes: FramePlanes, sky: Sky): number {
  return eitherOf(byColour(planes, sky), byShape(planes, sky));
}

/** Rows below the sky that are mostly blue, cyan or sea-green (Lab hue 175 … 310°). */
function byColour({ lab, hue, chroma, slopes }: FramePlanes, { depths }: Sky): number {
  const { width, height, lightness } = lab;
  const streaks = new Streaks();
  let band = 0;
  for (let y = Math.round(0.15 * height); y < height; y++) {
    let water = 0;
    for (let x = 0; x < width; x++) {
      const i = y * width + x;
      const isWater = hue[i]! >= 175 && hue[i]! <= 310 && chroma[i]! >= 6 && lightness[i]! >= 12;
      if (!isWater || y < depths[x]!) continue;
      water++;
      streaks.add(slopes.x[i]!, slopes.y[i]!);
    }
    if (water >= ROW_SHARE * width) band++;
  }
  return smoothstep(0.03, 0.2, band / height) * streaks.likelihood();
}

/** Grey or brown water: an even, streaked surface below a level horizon. It may be sand, hence at most 0.7. */
function byShape({ lab, slopes }: FramePlanes, sky: Sky): number {
  const { width, height, lightness } = lab;
  const streaks = new Streaks();
  // Skips a coast or haze at the horizon.
  const top = Math.max(...sky.depths) + Math.round(0.06 * height);
  for (let i = top * width; i < lightness.length; i++) streaks.add(slopes.x[i]!, slopes.y[i]!);
  if (top > 0.85 * height) return 0;
  const evenness = 1 - smoothstep(10, 20, deviation(lightness.subarray(top * width)));
  return 0.7 * levelHorizon(sky) * evenness * streaks.likelihood();
}

/** Ratio of vertical to horizontal gradients. */
class Streaks {
  #upDown = 0;
  #sideways = 0;

  add(x: number, y: number): void {
    this.#sideways += Math.abs(x);
    this.#upDown += Math.abs(y);
  }

  /** 0 up to equal shares, 1 from two thirds on. */
  likelihood(): number {
    const all = this.#upDown + this.#sideways;
    return all > 0 ? smoothstep(0.5, 0.67, this.#upDown / all) : 0;
  }
}
