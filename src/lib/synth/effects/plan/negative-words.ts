import { readWords } from '../../words/read-words.ts';
import { normalized, tokensOf } from '../../words/tokens.ts';
import { findSound } from '../sounds.ts';
import type { Family } from '../sound-def.ts';

/** Words in a negative prompt that mean a whole family, in English, German and Italian. */
const FAMILY_WORDS: readonly (readonly [words: string, families: readonly Family[]])[] = [
  ['animal animals tier tiere animali animale wildlife', ['animals']],
  [
    'voice voices speech talking people human humans stimme stimmen sprache menschen voce voci gente persone',
    ['people'],
  ],
  ['vehicle vehicles cars traffic verkehr fahrzeuge traffico veicoli auto autos', ['city']],
  ['machine machines maschinen macchine macchinari engine engines motoren motori', ['machines', 'city']],
  ['weather wetter meteo', ['weather', 'air']],
  ['water wasser acqua', ['water']],
  ['nature natur natura', ['nature', 'animals', 'weather', 'air', 'water']],
];

/** Excluding the first also excludes the others. */
const RELATED: Readonly<Record<string, readonly string[]>> = {
  rain: ['downpour'],
  downpour: ['rain'],
  wind: ['breeze'],
  birds: ['gulls', 'crow', 'owl', 'forest'],
  'car-pass': ['truck-pass', 'traffic', 'horn'],
  traffic: ['car-pass', 'truck-pass', 'horn'],
  crowd: ['cafe', 'cheer', 'applause'],
  cat: ['purr'],
  horse: ['hooves'],
  clink: ['cup'],
  doorbell: ['church-bell', 'bicycle-bell'],
};

/**
 * A test for sounds that must not be heard.
 * @param excluded Names of sounds that the effects prompt itself rules out ("no …").
 */
export function exclusionsOf(
  negativePrompt: string,
  excluded: readonly string[],
): (recipe: string) => boolean {
  const reading = readWords(negativePrompt);
  const names = new Set([...excluded, ...reading.excluded, ...reading.mentions.map(({ recipe }) => recipe)]);
  for (const name of [...names]) for (const related of RELATED[name] ?? []) names.add(related);
  const written = new Set(tokensOf(normalized(negativePrompt)).map(({ word }) => word));
  const families = new Set(
    FAMILY_WORDS.filter(([words]) => words.split(' ').some((word) => written.has(word))).flatMap(
      ([, found]) => found,
    ),
  );
  return (name) => {
    const family = findSound(name)?.family;
    return names.has(name) || (family !== undefined && families.has(family));
  };
}
