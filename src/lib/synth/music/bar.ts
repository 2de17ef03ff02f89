import type { MusicPlan } from '#lib/job/score.ts';
import { clamp } from '../dsp/maths.ts';
import { parseChord, type Chord } from './theory/chord.ts';

/** One bar. Its tempo is that of its section. */
export interface Bar {
  index: number;
  startSeconds: number;
  beats: number;
  beatSeconds: number;
  chord: Chord;
  sectionIndex: number;
  /** Its index in the section, and how many bars the section has. */
  barInSection: number;
  barsInSection: number;
  intensity: number;
  /** That of its section. */
  variation: number;
  /** True for the last section, which is one bar with the final chord. */
  isEnding: boolean;
}

/**
 * The bars of a plan. Every section has a whole number of beats, so its end, and any cut there, is a bar line. Beats
 * left over become a short bar at the end of the section; a single one lengthens its last bar.
 */
export function barsOf(plan: MusicPlan): Bar[] {
  const bars: Bar[] = [];
  plan.sections.forEach((section, sectionIndex) => {
    const length = section.endSeconds - section.startSeconds;
    if (length <= 0) return;
    // Scores can be edited: an extreme tempo must not fill memory with bars.
    const beats = Math.max(1, Math.round((length * clamp(section.tempoBpm, 20, 320)) / 60));
    const beatSeconds = length / beats;
    const isEnding = sectionIndex === plan.sections.length - 1;
    const sizes = isEnding ? [beats] : barSizes(beats, clamp(Math.round(plan.beatsPerBar), 1, 12));
    let beat = 0;
    sizes.forEach((size, barInSection) => {
      const symbol = section.chords[barInSection % Math.max(1, section.chords.length)] ?? plan.key;
      bars.push({
        index: bars.length,
        startSeconds: section.startSeconds + beat * beatSeconds,
        beats: size,
        beatSeconds,
        chord: parseChord(symbol),
        sectionIndex,
        barInSection,
        barsInSection: sizes.length,
        intensity: section.intensity,
        variation: section.variation ?? 0,
        isEnding,
      });
      beat += size;
    });
  });
  return bars;
}

function barSizes(beats: number, beatsPerBar: number): number[] {
  const whole = Math.floor(beats / beatsPerBar);
  const rest = beats % beatsPerBar;
  const sizes = Array.from({ length: whole }, () => beatsPerBar);
  if (rest === 0) return sizes;
  if (rest === 1 && whole > 0) sizes[whole - 1] = beatsPerBar + 1;
  else sizes.push(rest);
  return sizes;
}
