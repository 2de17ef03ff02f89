import type { CatalogueSound } from '#lib/job/sound-catalogue.ts';
import { plain } from './find-sounds.ts';

/** Words that no sound has, beside the sound that is most like them, in English, German and Italian. */
const KINDRED: Readonly<Record<string, string>> = {
  whoosh:
    'laser, ray, beam, strahl, raggio, arrow, pfeil, freccia, magic, magie, magia, ghost, geist, fantasma, rocket, rakete, razzo, ufo, spaceship, raumschiff, astronave, ninja, whip',
  hum: 'robot, roboter, reactor, reaktor, reattore, elevator, lift, aufzug, ascensore, escalator, rolltreppe, pump, pumpe, pompa, printer, drucker, stampante, transformer',
  beep: 'scanner, radar, sonar, satellite, satellit, satellitare, checkout, kasse, cassa, videogame, game, videospiel',
  bear: 'dinosaur, dinosaurier, dinosauro, dragon, drache, drago, monster, mostro, wolf, wolves, lupo, gorilla, boar, wildschwein, cinghiale',
  splash:
    'dolphin, delfin, delfino, whale, wal, balena, fish, fisch, pesce, duck, ente, anatra, otter, seal, robbe, foca',
  engine: 'tank, panzer, excavator, bagger, scavatrice, forklift, gabelstapler, go kart, snowmobile',
  birds:
    'parrot, papagei, pappagallo, duckling, flamingo, canary, pigeon, taube, piccione, swan, schwan, cigno',
  impact:
    'gun, shot, gunshot, pistole, pistola, cannon, kanone, cannone, bomb, bombe, bomba, drum, trommel, tamburo, gong',
  crowd:
    'parade, umzug, sfilata, demonstration, protest, protesta, carnival, karneval, carnevale, wedding, hochzeit, matrimonio',
};
/** A typing error changes at most one letter in this many. */
const LETTERS_PER_ERROR = 4;

/** The sound that is nearest to a word that none has: by a typing error, else by its kind; null for none. */
export function nearestSound(sounds: readonly CatalogueSound[], word: string): CatalogueSound | null {
  const wanted = plain(word);
  const kindred = Object.entries(KINDRED).find(([, words]) => words.split(', ').map(plain).includes(wanted));
  if (kindred) return sounds.find(({ recipe }) => recipe === kindred[0]) ?? null;
  let best: CatalogueSound | null = null;
  let least = Math.floor(wanted.length / LETTERS_PER_ERROR) + 1;
  for (const sound of sounds) {
    for (const known of plain(sound.words).split(/[^\p{L}]+/u)) {
      if (known.length < LETTERS_PER_ERROR || Math.abs(known.length - wanted.length) >= least) continue;
      const distance = editDistance(known, wanted);
      if (distance < least) [best, least] = [sound, distance];
    }
  }
  return best;
}

/** Levenshtein distance: how many letters have to be put in, taken out or changed. */
function editDistance(one: string, other: string): number {
  let row = Array.from({ length: other.length + 1 }, (_, i) => i);
  for (let i = 1; i <= one.length; i++) {
    const next = [i];
    for (let j = 1; j <= other.length; j++) {
      const change = row[j - 1]! + (one[i - 1] === other[j - 1] ? 0 : 1);
      next.push(Math.min(change, row[j]! + 1, next[j - 1]! + 1));
    }
    row = next;
  }
  return row[other.length]!;
}
