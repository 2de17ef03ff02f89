import type { Chord } from './chord.ts';
import { pitchClass } from './pitch.ts';

/** Range and number of the voices, MIDI numbers. */
export interface VoicingShape {
  lowest: number;
  highest: number;
  voices: number;
  /** Preferred pitch of the top voice. */
  top: number;
}

/**
 * The voicing of a chord with the least movement from the one before, by exhaustive search: all pitch classes if
 * possible, no small intervals in the bass, no gap above an octave. MIDI numbers, lowest first.
 */
export function leadVoices(
  chord: Chord,
  before: readonly number[] | undefined,
  shape: VoicingShape,
): number[] {
  const candidates: number[] = [];
  for (let midi = shape.lowest; midi <= shape.highest; midi++) {
    if (chord.pitches.includes(pitchClass(midi))) candidates.push(midi);
  }
  let best: number[] = candidates.slice(0, shape.voices);
  let bestCost = Infinity;
  const chosen: number[] = [];
  const extend = (start: number): void => {
    if (chosen.length === shape.voices) {
      const cost = voicingCost(chosen, chord, before, shape);
      if (cost < bestCost) {
        bestCost = cost;
        best = chosen.slice();
      }
      return;
    }
    const last = chosen[chosen.length - 1];
    for (let i = start; i < candidates.length; i++) {
      const midi = candidates[i]!;
      if (last !== undefined && midi - last > 12) break;
      chosen.push(midi);
      extend(i + 1);
      chosen.pop();
    }
  };
  extend(0);
  return best;
}

function voicingCost(
  voices: readonly number[],
  chord: Chord,
  before: readonly number[] | undefined,
  shape: VoicingShape,
): number {
  let cost = 0;
  for (const pitch of chord.pitches) if (!voices.some((midi) => pitchClass(midi) === pitch)) cost += 7;
  for (let i = 1; i < voices.length; i++) {
    const gap = voices[i]! - voices[i - 1]!;
    if (gap < 2) cost += 9;
    if (gap > 9) cost += 3;
    if (gap < 4 && voices[i]! < 58) cost += 4;
  }
  const top = voices[voices.length - 1]!;
  cost += Math.abs(top - shape.top) * 0.25;
  if (before && before.length > 0) {
    for (const midi of voices) {
      let nearest = 99;
      for (const old of before) nearest = Math.min(nearest, Math.abs(old - midi));
      cost += nearest * 0.9;
    }
    cost += Math.abs(top - before[before.length - 1]!) * 0.5;
  }
  return cost;
}
