import type { CatalogueSound } from '#lib/job/sound-catalogue.ts';

/** Words that don't tell sounds apart, in English, German and Italian. */
const SMALL = new Set(
  'a an the of on in at with and ein eine einer der die das mit im am und un una il lo la di con'.split(' '),
);

/** How well a word fits a sound, best first. */
const NAME = 0;
const WORD_OF_NAME = 1;
const TERM = 2;
const BEGINNING = 3;
const PART_OF_TERM = 4;
const NONE = 5;

/** Lower case without accents, so that `möwe` and `Mowe` match. */
export function plain(text: string): string {
  return text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();
}

function wordsOf(text: string): string[] {
  return text.split(/[^\p{L}\p{N}]+/u).filter((word) => word !== '');
}

/**
 * The sounds that are meant, best first: by whole words and beginnings of words of their names, then of their search
 * words in all three languages; words inside longer terms ("car" in "police car") count only when nothing else fits.
 * All of them, by name, for an empty query.
 */
export function findSounds(
  sounds: readonly CatalogueSound[],
  typed: string,
  nameOf: (recipe: string) => string,
): CatalogueSound[] {
  const wanted = plain(typed.trim());
  const words = wordsOf(wanted).filter((word, _, all) => all.length === 1 || !SMALL.has(word));
  const ranked = sounds.map((sound) => {
    const name = plain(nameOf(sound.recipe));
    const whole = fit(wanted, name, sound);
    const each = words.map((word) => fit(word, name, sound));
    // Of several words, all have to fit.
    const rank = words.length > 1 ? Math.min(whole, Math.max(...each)) : whole;
    return { sound, name, rank: wanted === '' ? NAME : rank };
  });
  const best = Math.min(...ranked.map(({ rank }) => rank));
  const limit = best >= PART_OF_TERM ? PART_OF_TERM : BEGINNING;
  return ranked
    .filter(({ rank }) => rank <= limit)
    .sort((a, b) => a.rank - b.rank || a.name.localeCompare(b.name))
    .map(({ sound }) => sound);
}

function fit(wanted: string, name: string, { words }: CatalogueSound): number {
  if (name.startsWith(wanted)) return NAME;
  if (wordsOf(name).some((word) => word.startsWith(wanted))) return WORD_OF_NAME;
  const [description = '', ...terms] = plain(words).split(', ');
  const isStem = (term: string) => term.endsWith('*') && wanted.startsWith(term.slice(0, -1));
  if (terms.some((term) => term === wanted || isStem(term))) return TERM;
  const isBegun = (term: string) => term.startsWith(wanted) && (!term.includes(' ') || wanted.includes(' '));
  if (terms.some(isBegun)) return BEGINNING;
  const parts = [description, ...terms].flatMap(wordsOf);
  return parts.some((word) => word.startsWith(wanted)) ? PART_OF_TERM : NONE;
}
