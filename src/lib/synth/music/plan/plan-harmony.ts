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

/**
 * Gives every section its chords: a main loop, a second loop for contrast, a cadence before the last chord,
 * and the tonic at the end.
 */
export function planHarmony(
  frames: readonly SectionFrame[],
  style: Style,
  harmony: Harmony,
  tonic: number,
  beatsPerBar: number,
  random: Random,
): Section[] {
  const main = random.fork('main').pick(harmony.loops);
  const others = harmony.loops.filter((loop) => loop !== main);
  const contrast = others.length > 0 ? random.fork('contrast').pick(others) : main;
  return frames.map((frame, k): Section => {
    const isEnding = k === frames.length - 1;
    const bars = Math.max(1, Math.ceil(frame.beats / beatsPerBar));
    const barSeconds = (60 / frame.tempoBpm) * beatsPerBar;
    const barsPerChord = barSeconds < style.minChordSeconds && bars > 2 ? 2 : 1;
    const loop = k % 4 === 2 || frame.name === 'break' ? contrast : main;
    let numerals: string[];
    if (isEnding) numerals = [harmony.home];
    else {
      numerals = Array.from(
        { length: bars },
        (_, bar) => loop[Math.floor(bar / barsPerChord) % loop.length]!,
      );
      // The piece starts on the tonic, whatever the loop begins with.
      if (k === 0 && frames.length > 2)
        numerals[0] = loop.find((each) => /^[Ii](?![IViv])/.test(each)) ?? harmony.home;
      if (k === frames.length - 2 && bars > 1) numerals[bars - 1] = harmony.cadence;
    }
    return {
      name: frame.name,
      startSeconds: frame.startSeconds,
      endSeconds: frame.endSeconds,
      intensity: frame.intensity,
      tempoBpm: frame.tempoBpm,
      chords: numerals.map((numeral) => numeralToSymbol(numeral, tonic)),
    };
  });
}
