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

/** Every style the composer knows. */
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

/** The style of that name; an unknown one becomes cinematic, which fits most pictures. */
export function findStyle(name: string): Style {
  return STYLES.find((style) => style.name === name) ?? cinematic;
}
