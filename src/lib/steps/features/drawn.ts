import { smoothstep } from '#lib/media/pixels/statistics.ts';
import type { FramePlanes } from './frame-planes.ts';

/** A mean gradient below this, L* per pixel, is one tone: photographs have noise or a slope nearly everywhere. */
const ONE_TONE = 0.03;
/** A steeper gradient is the border of two tones that were drawn side by side, or a letter. */
const SHARP = 20;
/** Black and burnt out areas have one tone in photographs, too. */
const [BLACK, WHITE] = [4, 98];

/** Likelihood that a picture was drawn by a program, 0 … 1, as titles, user interfaces and test patterns are. */
export function drawnLikelihood({ texture, slopes, lab: { lightness } }: FramePlanes): number {
  let even = 0;
  let sharp = 0;
  for (let i = 0; i < texture.length; i++) {
    if (texture[i]! < ONE_TONE && lightness[i]! > BLACK && lightness[i]! < WHITE) even++;
    if (slopes.magnitude[i]! > SHARP) sharp++;
  }
  return smoothstep(0.1, 0.2, even / texture.length) * smoothstep(0.002, 0.008, sharp / texture.length);
}
