import { electricPiano } from './electric-piano.ts';
import type { Instrument } from './instrument.ts';
import * as kits from './kits.ts';
import * as pads from './pads.ts';
import { feltPiano, piano } from './piano.ts';
import * as plucked from './plucked.ts';
import * as solo from './solo.ts';
import * as struck from './struck.ts';
import * as basses from './synth-bass.ts';
import * as textures from './textures.ts';
import * as transitions from './transitions.ts';

const all: readonly Instrument[] = [
  piano,
  feltPiano,
  electricPiano,
  ...Object.values(plucked),
  ...Object.values(struck),
  ...Object.values(pads),
  ...Object.values(solo),
  ...Object.values(basses),
  ...Object.values(kits),
  ...Object.values(textures),
  ...Object.values(transitions),
];

/** Every instrument by the name that the parts of a score store. */
export const INSTRUMENTS: ReadonlyMap<string, Instrument> = new Map(all.map((each) => [each.name, each]));

/** The instrument of a name; the felt piano for an unknown one. */
export function findInstrument(name: string): Instrument {
  return INSTRUMENTS.get(name) ?? feltPiano;
}
