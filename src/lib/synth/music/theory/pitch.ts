const NAMES = ['C', 'Db', 'D', 'Eb', 'E', 'F', 'F#', 'G', 'Ab', 'A', 'Bb', 'B'] as const;
const LETTERS: Record<string, number> = { C: 0, D: 2, E: 4, F: 5, G: 7, A: 9, B: 11 };

/** The pitch class 0 … 11 of any integer. */
export function pitchClass(midi: number): number {
  return ((midi % 12) + 12) % 12;
}

/** The usual name of a pitch class, e.g. 10 → `Bb`. */
export function pitchName(pitch: number): string {
  return NAMES[pitchClass(pitch)]!;
}

/** The pitch class of a name such as `F#` or `Bb`; undefined when it is not a name of a pitch. */
export function parsePitch(name: string): number | undefined {
  const match = /^([A-G])(#|b)?$/.exec(name);
  if (!match) return undefined;
  return pitchClass(LETTERS[match[1]!]! + (match[2] === '#' ? 1 : match[2] === 'b' ? -1 : 0));
}
