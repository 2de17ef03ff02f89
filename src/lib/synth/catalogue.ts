import type { SoundCatalogue } from '#lib/job/sound-catalogue.ts';
import { SOUNDS, wordsFor } from './effects/sounds.ts';
import { instrumentsFor } from './music/plan/plan-parts.ts';
import { STYLES } from './music/styles/styles.ts';

/** The styles, instruments and sounds that a score may name. */
export function catalogue(): SoundCatalogue {
  return {
    styles: STYLES.map(({ name }) => name),
    seats: Object.fromEntries(
      STYLES.map(({ name, parts }) => [name, parts.map(({ from = 0, to = 1 }) => ({ from, to }))]),
    ),
    instruments: {
      melody: instrumentsFor('melody'),
      harmony: instrumentsFor('harmony'),
      pad: instrumentsFor('pad'),
      bass: instrumentsFor('bass'),
      rhythm: instrumentsFor('rhythm'),
      texture: instrumentsFor('texture'),
    },
    sounds: SOUNDS.map((sound) => ({
      recipe: sound.name,
      kind: sound.kind === 'ambience' ? 'layer' : 'event',
      family: sound.family,
      words: `${sound.description}, ${wordsFor(sound.name)}`,
      seconds: sound.kind === 'oneShot' ? sound.seconds : 0,
    })),
  };
}
