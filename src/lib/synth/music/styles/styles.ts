import type { Style } from '../style.ts';
import { acoustic } from './acoustic.ts';
import { ambient } from './ambient.ts';
import { cinematic } from './cinematic.ts';
import { dark } from './dark.ts';
import { electronic } from './electronic.ts';
import { epic } from './epic.ts';
import { lofi } from './lofi.ts';
import { melancholy } from './melancholy.ts';
import { playful } from './playful.ts';
import { synthwave } from './synthwave.ts';
import { tense } from './tense.ts';
import { uplifting } from './uplifting.ts';

/** All styles. */
export const STYLES: readonly Style[] = [
  ambient,
  cinematic,
  uplifting,
  lofi,
  tense,
  dark,
  playful,
  epic,
  acoustic,
  electronic,
  melancholy,
  synthwave,
];

/** The style of a name; the cinematic one, which suits most pictures, for an unknown name. */
export function findStyle(name: string): Style {
  return STYLES.find((style) => style.name === name) ?? cinematic;
}
