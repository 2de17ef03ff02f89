import type { SourceAudioOutput } from '#lib/job/entries/source-audio.ts';
import { ACTIVITY_STEP_SECONDS } from '#lib/media/audio/foreground.ts';

/** The entry of a source without sound that could be used, with the reason in words. */
export function noSourceAudio(
  why: string,
  readBy: SourceAudioOutput['readBy'] = 'nothing',
): SourceAudioOutput {
  return { stem: null, activity: [], stepSeconds: ACTIVITY_STEP_SECONDS, readBy, why };
}
