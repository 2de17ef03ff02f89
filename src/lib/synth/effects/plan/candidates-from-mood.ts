import type { SoundtrackRequest } from '#lib/job/score.ts';
import { clamp } from '../../dsp/maths.ts';
import type { BedCandidate } from './candidate.ts';
import type { Scenery } from './scenery.ts';

/**
 * The bed when nothing asks for one: quiet air that follows the mood, never silence. Under events it stands back
 * further, so that they don't fall into a void.
 */
export function candidatesFromMood(
  request: SoundtrackRequest,
  scenery: Scenery,
  isUnderEvents: boolean,
): BedCandidate[] {
  const { valence, arousal } = request.mood;
  const bed = (recipe: string, gainDb: number, intensity: number, distance = 0): BedCandidate => ({
    recipe,
    because: 'mood',
    weight: 0.1,
    startSeconds: 0,
    endSeconds: request.durationSeconds,
    gainDb: gainDb - (isUnderEvents ? 5 : 0),
    pan: 0,
    intensity: clamp(intensity, 0, 1),
    distance,
  });
  const strength = 0.4 + 0.3 * arousal;
  if (scenery.hints.has('indoors')) return [bed('room-tone', -8, strength)];
  if (valence < -0.3) return [bed('wind', -7, strength)];
  if (scenery.isDark) return [bed('crickets', -10, strength, 0.3), bed('breeze', -8, strength)];
  if (valence > 0.25 && !isUnderEvents)
    return [bed('breeze', -6, strength), bed('birds', -12, strength, 0.45)];
  return [bed('breeze', -6, strength)];
}
