import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { featuresOf } from './features.ts';
import type { Example } from './nearest.ts';
import { readMono } from './wav.ts';

/** Where the shared test media lie. */
export const MEDIA =
  process.env['IMMERSIVAUDIO_MEDIA'] ?? join(import.meta.dirname, '../../../../shared/media');

/** Classes of ESC-10 and the sounds that should be taken for them. */
export const ESC10_SOUNDS: Readonly<Record<string, string>> = {
  rain: 'rain',
  sea_waves: 'sea',
  fire_crackling: 'fire',
  clock_tick: 'clock',
  dog_bark: 'dog',
  rooster: 'rooster',
  helicopter: 'helicopter',
  chainsaw: 'chainsaw',
};

/** Examples of all ten classes, real recordings of 5 s; empty when the media are not there. */
export function esc10Examples(): Example[] {
  const root = join(MEDIA, 'sound/esc10');
  if (!existsSync(root)) return [];
  return readdirSync(root).flatMap((label) =>
    readdirSync(join(root, label)).map((file) => ({
      label,
      features: featuresOf(readMono(join(root, label, file))),
    })),
  );
}
