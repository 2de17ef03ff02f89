import { m } from '#lib/paraglide/messages.js';
import type { TimelineClip } from '#lib/timeline/clip.ts';
import { soundName } from '../score/names.ts';

/** The name of a clip as it is shown: that of its sound, of the user's sound, or the words of a part made anew. */
export function clipName({ place, name }: Pick<TimelineClip, 'place' | 'name'>): string {
  return place.in === 'clips' ? name || m.timeline_anew() : soundName(name);
}
