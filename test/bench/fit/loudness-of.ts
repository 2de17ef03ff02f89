import type { Score } from '../../../src/lib/job/score.ts';
import { LoudnessMeter } from '../../../src/lib/media/audio/loudness-meter.ts';
import { renderStem } from '../../../src/lib/synth/render.ts';

/** The integrated loudness of both stems of a score, LUFS; -70 for silence. */
export function loudnessOf(score: Score): { music: number; effects: number } {
  const measure = (stem: 'music' | 'effects') => {
    const meter = new LoudnessMeter(48_000);
    for (const { left, right } of renderStem(score, stem)) meter.add([left, right]);
    return meter.loudnessLufs ?? -70;
  };
  return { music: measure('music'), effects: measure('effects') };
}
