import type { Mood } from '#lib/job/mood.ts';
import type { Part } from '#lib/job/score.ts';
import { lerp } from '#lib/synth/dsp/maths.ts';
import { random } from '#lib/synth/dsp/random.ts';
import { chooseStyle } from '#lib/synth/music/plan/choose-style.ts';
import { planParts } from '#lib/synth/music/plan/plan-parts.ts';
import { readPrompt } from '#lib/synth/music/plan/read-prompt.ts';

/** What the synthesiser plays in a mood. */
export interface PlannedMusic {
  /** Name of the style. */
  style: string;
  /** The three instruments that matter most, the leading one first. */
  instruments: string[];
  tempoBpm: number;
}

/** Parts in the order of their weight. */
const ROLES: readonly Part['role'][] = ['melody', 'harmony', 'pad', 'bass', 'rhythm'];
/** Other names of instruments, which planners read as nothing else. */
const NAMES: Readonly<Record<string, string>> = { 'electric piano': 'rhodes' };
const MAX_INSTRUMENTS = 3;

/**
 * The style, instruments and tempo that the synthesiser's planner chooses for a mood and the user's words.
 * @param words The user's own; empty for none.
 */
export function plannedMusic(mood: Mood, words: string): PlannedMusic {
  const reading = readPrompt(words, '');
  const style = chooseStyle(mood, reading, random('prompt'));
  const planned = planParts(style, reading).filter(({ role }) => role !== 'texture');
  const parts = planned.toSorted((one, other) => ROLES.indexOf(one.role) - ROLES.indexOf(other.role));
  const names = [...new Set(parts.map(({ instrument }) => NAMES[instrument] ?? instrument))];
  // Where a planner would take a name for that of another instrument too, it is left out.
  const isClear = (name: string) =>
    isDeepEqual(planParts(style, readPrompt(name, '')), planParts(style, readPrompt('', '')));
  const tempo = lerp(style.tempo[0], style.tempo[1], (mood.arousal + 1) / 2) * reading.tempo;
  return {
    style: style.name,
    instruments: names.filter(isClear).slice(0, MAX_INSTRUMENTS),
    tempoBpm: Math.round(tempo),
  };
}

function isDeepEqual(one: readonly Part[], other: readonly Part[]): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}
