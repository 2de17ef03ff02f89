import type { CatalogueSound } from '#lib/job/sound-catalogue.ts';

/** Lower case without accents, so that `möwe` and `Mowe` match. */
export function plain(text: string): string {
  return text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();
}

/**
 * The sounds that match a query, by their names first, then by their search words in any of the three languages; all of
 * them for an empty query. Sorted by name.
 */
export function findSounds(
  sounds: readonly CatalogueSound[],
  typed: string,
  nameOf: (recipe: string) => string,
): CatalogueSound[] {
  const wanted = plain(typed.trim());
  const ranked = sounds.flatMap((sound) => {
    const name = plain(nameOf(sound.recipe));
    const isWord = (text: string) => text.split(/[^\p{L}]+/u).some((word) => word.startsWith(wanted));
    const rank = name.startsWith(wanted)
      ? 0
      : isWord(name)
        ? 1
        : isWord(plain(sound.words)) || plain(sound.words).includes(wanted)
          ? 2
          : 3;
    return rank === 3 ? [] : [{ sound, name, rank }];
  });
  return ranked.sort((a, b) => a.rank - b.rank || a.name.localeCompare(b.name)).map(({ sound }) => sound);
}
