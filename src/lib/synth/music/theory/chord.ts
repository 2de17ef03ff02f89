import { parsePitch, pitchClass, pitchName } from './pitch.ts';

/** A chord: its root and all its pitch classes (0 … 11), root first. */
export interface Chord {
  symbol: string;
  root: number;
  pitches: readonly number[];
}

/** Semitones above the root by the suffix of the chord symbol. */
const QUALITIES: Record<string, readonly number[]> = {
  '': [0, 4, 7],
  m: [0, 3, 7],
  '5': [0, 7],
  dim: [0, 3, 6],
  aug: [0, 4, 8],
  sus2: [0, 2, 7],
  sus4: [0, 5, 7],
  '6': [0, 4, 7, 9],
  m6: [0, 3, 7, 9],
  '7': [0, 4, 7, 10],
  maj7: [0, 4, 7, 11],
  m7: [0, 3, 7, 10],
  mmaj7: [0, 3, 7, 11],
  m7b5: [0, 3, 6, 10],
  dim7: [0, 3, 6, 9],
  add9: [0, 4, 7, 2],
  madd9: [0, 3, 7, 2],
  '9': [0, 4, 7, 10, 2],
  maj9: [0, 4, 7, 11, 2],
  m9: [0, 3, 7, 10, 2],
  '6/9': [0, 4, 7, 9, 2],
  '7sus4': [0, 5, 7, 10],
  m11: [0, 3, 7, 10, 5],
  '13': [0, 4, 10, 2, 9],
};

/** Parses a chord symbol such as `Bbmaj7`. An unknown suffix is read as a triad, an unknown root as C. */
export function parseChord(symbol: string): Chord {
  const match = /^([A-G][#b]?)(.*)$/.exec(symbol.trim());
  const root = match ? parsePitch(match[1]!)! : 0;
  const quality = match?.[2] ?? '';
  const steps = QUALITIES[quality] ?? QUALITIES[/^m(?!aj)/.test(quality) ? 'm' : '']!;
  return { symbol, root, pitches: steps.map((step) => pitchClass(root + step)) };
}

const NUMERALS: Record<string, number> = { i: 0, ii: 2, iii: 4, iv: 5, v: 7, vi: 9, vii: 11 };

/**
 * The chord symbol of a roman numeral in a key: degrees are those of the major scale, `b` and `#` alter them, lower
 * case is minor. E.g. `bVImaj7` in A is `Fmaj7`.
 * @throws TypeError when it is not a numeral or names a chord that `parseChord` does not know.
 */
export function numeralToSymbol(numeral: string, tonic: number): string {
  const match = /^(b|#)?(VII|VI|IV|V|III|II|I|vii|vi|iv|v|iii|ii|i)(.*)$/.exec(numeral);
  if (!match) throw new TypeError(`"${numeral}" is not a roman numeral such as "vi7".`);
  const [, accidental, degree, rest] = match as unknown as [string, string | undefined, string, string];
  const shift = accidental === 'b' ? -1 : accidental === '#' ? 1 : 0;
  const isMinor = degree === degree.toLowerCase() && !rest.startsWith('dim');
  const quality = (isMinor ? 'm' : '') + rest;
  if (!QUALITIES[quality]) throw new TypeError(`The numeral "${numeral}" names an unknown chord.`);
  return pitchName(tonic + NUMERALS[degree.toLowerCase()]! + shift) + quality;
}
