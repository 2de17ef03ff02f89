import type { SoundtrackRequest } from '#lib/job/score.ts';
import { clamp } from '../../dsp/maths.ts';
import type { AmbienceCandidate } from './candidate.ts';

/** The air of a room, where nothing at all is heard of a picture although effects were asked for: a title, a screen. */
export function stillRoom({ durationSeconds }: SoundtrackRequest): AmbienceCandidate {
  return {
    ...{ recipe: 'room-tone', because: 'mood', from: 'picture', weight: 0.1, startSeconds: 0 },
    ...{ endSeconds: durationSeconds, fadeInSeconds: 0.15, fadeOutSeconds: 0 },
    ...{ gainDb: -8, pan: 0, intensity: 0.4, distance: 0 },
  };
}

/**
 * The ambience when nothing is seen and no word asks for one: quiet air that follows the mood, so that one-shots never
 * stand in digital silence. Under them it is 5 dB quieter.
 */
export function candidatesFromMood(
  request: SoundtrackRequest,
  isUnderOneShots: boolean,
): AmbienceCandidate[] {
  const { valence, arousal } = request.mood;
  const ambience = (recipe: string, gainDb: number, distance = 0): AmbienceCandidate => ({
    recipe,
    because: 'mood',
    from: 'picture',
    weight: 0.1,
    startSeconds: 0,
    endSeconds: request.durationSeconds,
    fadeInSeconds: 0.15,
    fadeOutSeconds: 0,
    gainDb: gainDb - (isUnderOneShots ? 5 : 0),
    pan: 0,
    intensity: clamp(0.4 + 0.3 * arousal, 0, 1),
    distance,
  });
  if (valence < -0.3) return [ambience('wind', -7)];
  if (valence > 0.25 && !isUnderOneShots) return [ambience('breeze', -6), ambience('birds', -12, 0.45)];
  return [ambience('breeze', -6)];
}
