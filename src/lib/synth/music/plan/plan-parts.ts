import type { Part } from '#lib/job/score.ts';
import type { Random } from '../../dsp/random.ts';
import { INSTRUMENTS } from '../instruments/instruments.ts';
import type { Style } from '../style.ts';
import { STYLES } from '../styles/styles.ts';
import type { PromptReading } from './read-prompt.ts';

/** The instruments that suit a role. One that a prompt names replaces the first part whose role it suits. */
const SUITS: Record<Part['role'], RegExp> = {
  melody:
    /piano|guitar|violin|cello|flute|whistle|clarinet|bell|glocken|celesta|music box|kalimba|marimba|vibra|lead|brass|choir|harp|ukulele/,
  harmony: /piano|guitar|ukulele|harp|pizzicato|staccato|organ|pluck|kalimba|marimba/,
  pad: /pad|strings|choir|organ|brass|drone/,
  bass: /bass/,
  rhythm: /drums|percussion|brushes/,
  texture: /vinyl|air|celesta|bell/,
};

/** Instruments of about the same range, loudness and character. */
const ALTERNATIVES: Readonly<Record<string, readonly string[]>> = {
  piano: ['felt piano', 'electric piano'],
  'felt piano': ['piano', 'harp'],
  'electric piano': ['vibraphone'],
  violin: ['flute', 'cello'],
  cello: ['violin', 'clarinet'],
  flute: ['clarinet', 'violin'],
  clarinet: ['flute'],
  whistle: ['flute', 'clarinet'],
  marimba: ['kalimba', 'vibraphone'],
  glockenspiel: ['celesta', 'music box'],
  celesta: ['glockenspiel', 'music box'],
  vibraphone: ['electric piano', 'celesta'],
  'nylon guitar': ['steel guitar', 'harp'],
  'steel guitar': ['nylon guitar'],
  ukulele: ['nylon guitar'],
  harp: ['nylon guitar', 'kalimba'],
  'warm pad': ['strings', 'air pad'],
  'glass pad': ['air pad'],
  'synth pad': ['warm pad', 'glass pad'],
  'lead synth': ['pluck synth'],
};
/** Share of the parts that another instrument plays. */
const ALTERNATIVE_SHARE = 0.35;

/** The instruments that people can choose for a role: those that suit it, and those that some style has there. */
export function instrumentsFor(role: Part['role']): string[] {
  const used = new Set(
    STYLES.flatMap(({ parts }) => parts.filter((part) => part.role === role)).map((part) => part.instrument),
  );
  return [...INSTRUMENTS.keys()].filter((name) => used.has(name) || SUITS[role].test(name));
}

/** The parts of the style, without instruments that the prompt excludes and with those that it names. */
export function planParts(style: Style, reading: PromptReading, random: Random): Part[] {
  const parts = style.parts
    .map((design, seat) => ({ design, seat }))
    .filter(({ design }) => !reading.excludedInstruments.has(design.instrument))
    .map(({ design, seat }): Part => ({
      role: design.role,
      instrument: castFor(design.instrument, reading, random.fork(seat)),
      gainDb: design.gainDb,
      pan: design.pan,
      isMuted: false,
      seat,
    }));
  const replaced = new Set<Part>();
  // One word can name a family of instruments; if one of them plays already, that is enough.
  for (const name of reading.instruments) {
    if (!INSTRUMENTS.has(name)) continue;
    const present = parts.find((part) => part.instrument === name);
    if (present) {
      replaced.add(present);
      continue;
    }
    if (
      reading.instruments.some(
        (other) =>
          other !== name && parts.some((part) => part.instrument === other) && sameFamily(other, name),
      )
    )
      continue;
    for (const role of ['melody', 'harmony', 'pad', 'bass', 'rhythm', 'texture'] as const) {
      if (!SUITS[role].test(name)) continue;
      const part = parts.find((each) => each.role === role && !replaced.has(each));
      if (!part) continue;
      part.instrument = name;
      replaced.add(part);
      break;
    }
  }
  return parts;
}

/** The instrument of the style, or for some seeds one that can take its place. */
function castFor(instrument: string, reading: PromptReading, random: Random): string {
  const others = (ALTERNATIVES[instrument] ?? []).filter((name) => !reading.excludedInstruments.has(name));
  return others.length > 0 && random.chance(ALTERNATIVE_SHARE) ? random.pick(others) : instrument;
}

function sameFamily(a: string, b: string): boolean {
  const family = (name: string) => name.split(' ').pop();
  return family(a) === family(b) || (SUITS.rhythm.test(a) && SUITS.rhythm.test(b));
}
