import type { Section } from '#lib/job/score.ts';
import type { Random } from '../../dsp/random.ts';
import type { Harmony, Style } from '../style.ts';
import { numeralToSymbol } from '../theory/chord.ts';
import type { SectionFrame } from './plan-sections.ts';

/** The chords of a style for a mood. */
export function harmonyFor(style: Style, valence: number): Harmony {
  if (valence > 0.3) return style.bright;
  return valence < -0.25 ? style.dark : style.neutral;
}

/** The chords of one key. */
interface KeyLoops {
  harmony: Harmony;
  tonic: number;
  main: readonly string[];
  contrast: readonly string[];
}

/** A section goes to the relative key when its scene is this much more or less pleasant than the film. */
const FAR = 0.7;
/** Semitones from a major key to its relative minor. */
const RELATIVE_MINOR = 9;
const RELATIVE_MAJOR = 3;

function loopsOf(harmony: Harmony, tonic: number, random: Random): KeyLoops {
  const main = random.fork('main').pick(harmony.loops);
  const others = harmony.loops.filter((loop) => loop !== main);
  return { harmony, tonic, main, contrast: others.length > 0 ? random.fork('contrast').pick(others) : main };
}

/** The key that has the same notes: the relative minor of a bright harmony, the relative major of a dark one. */
function relativeOf(
  style: Style,
  harmony: Harmony,
  tonic: number,
  random: Random,
): KeyLoops & { isMinor: boolean } {
  const isMinor = harmony !== style.dark;
  const other = isMinor ? style.dark : style.bright;
  const moved = tonic + (isMinor ? RELATIVE_MINOR : RELATIVE_MAJOR);
  return { ...loopsOf(other, moved, random), isMinor };
}

/** Mean of the valences, weighed with the length of the sections; 0 without any. */
function meanOf(valences: readonly number[], frames: readonly SectionFrame[]): number {
  const seconds = frames.map(({ startSeconds, endSeconds }) => endSeconds - startSeconds);
  const total = seconds.reduce((sum, x) => sum + x, 0);
  return valences.reduce((sum, valence, k) => sum + (valence * seconds[k]!) / total, 0);
}

/**
 * Gives every section its chords: a main loop, a second loop for contrast, a cadence before the last chord,
 * and the tonic at the end.
 * @param valences How pleasant the scene of each section is; sections far from the film's mean go to the relative key.
 */
export function planHarmony(
  frames: readonly SectionFrame[],
  style: Style,
  harmony: Harmony,
  tonic: number,
  beatsPerBar: number,
  random: Random,
  valences: readonly number[] = [],
): Section[] {
  const home = loopsOf(harmony, tonic, random);
  const away = relativeOf(style, harmony, tonic, random.fork('relative'));
  const usual = meanOf(valences, frames);
  return frames.map((frame, k): Section => {
    const isEnding = k === frames.length - 1;
    // The relative key shares all its chords, so the last one before it is a pivot by itself.
    const change = (valences[k] ?? usual) - usual;
    const isAway = !isEnding && (away.isMinor ? change < -FAR : change > FAR);
    const { harmony: own, main, contrast, tonic: root } = isAway ? away : home;
    const bars = Math.max(1, Math.ceil(frame.beats / beatsPerBar));
    const barSeconds = (60 / frame.tempoBpm) * beatsPerBar;
    const barsPerChord = barSeconds < style.minChordSeconds && bars > 2 ? 2 : 1;
    const loop = k % 4 === 2 || frame.name === 'break' ? contrast : main;
    let numerals: string[];
    if (isEnding) numerals = [own.home];
    else {
      numerals = Array.from(
        { length: bars },
        (_, bar) => loop[Math.floor(bar / barsPerChord) % loop.length]!,
      );
      // The piece starts on the tonic, whatever the loop begins with.
      if (k === 0 && frames.length > 2)
        numerals[0] = loop.find((each) => /^[Ii](?![IViv])/.test(each)) ?? own.home;
      if (k === frames.length - 2 && bars > 1)
        numerals[bars - 1] = isAway ? loop[(bars - 1) % loop.length]! : harmony.cadence;
    }
    return {
      name: frame.name,
      startSeconds: frame.startSeconds,
      endSeconds: frame.endSeconds,
      intensity: frame.intensity,
      tempoBpm: frame.tempoBpm,
      chords: numerals.map((numeral) => numeralToSymbol(numeral, root)),
    };
  });
}
