import type { SoundtrackRequest } from '#lib/job/score.ts';
import { clamp } from '../../dsp/maths.ts';
import type { AmbienceCandidate } from './candidate.ts';
import type { VisualContext } from './visual-context.ts';

/**
 * The ambience when nothing asks for one: quiet air that follows the mood, so that one-shots never stand in
 * digital silence. Under them it is 5 dB quieter.
 */
export function candidatesFromMood(
  request: SoundtrackRequest,
  visual: VisualContext,
  isUnderOneShots: boolean,
): AmbienceCandidate[] {
  const { valence, arousal } = request.mood;
  const ambience = (recipe: string, gainDb: number, intensity: number, distance = 0): AmbienceCandidate => ({
    recipe,
    because: 'mood',
    weight: 0.1,
    startSeconds: 0,
    endSeconds: request.durationSeconds,
    gainDb: gainDb - (isUnderOneShots ? 5 : 0),
    pan: 0,
    intensity: clamp(intensity, 0, 1),
    distance,
  });
  const strength = 0.4 + 0.3 * arousal;
  if (visual.hints.has('indoors')) return [ambience('room-tone', -8, strength)];
  if (valence < -0.3) return [ambience('wind', -7, strength)];
  if (visual.isDark) return [ambience('crickets', -10, strength, 0.3), ambience('breeze', -8, strength)];
  if (valence > 0.25 && !isUnderOneShots)
    return [ambience('breeze', -6, strength), ambience('birds', -12, strength, 0.45)];
  return [ambience('breeze', -6, strength)];
}
