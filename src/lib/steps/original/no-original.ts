import type { OriginalOutput } from '#lib/job/entries/original.ts';
import { ACTIVITY_STEP_SECONDS } from '#lib/media/audio/foreground.ts';

/** The entry of a source without sound that could be used, with the reason in words. */
export function noOriginal(why: string, readBy: OriginalOutput['readBy'] = 'nothing'): OriginalOutput {
  return { stem: null, activity: [], stepSeconds: ACTIVITY_STEP_SECONDS, readBy, why };
}
