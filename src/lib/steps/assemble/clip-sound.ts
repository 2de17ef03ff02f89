import type { Clip, ClipSource } from '#lib/job/entries/assemble.ts';
import type { Stem } from '#lib/job/entries/soundtrack.ts';
import { SAMPLE_RATE } from '#lib/media/audio/sample-rate.ts';
import { readStem } from '#lib/worker/stem-reader.ts';
import type { PlacedClip } from './assemble-track.ts';

/** The sound of a clip: how long it is, and how it is read from the place where the clip begins. */
export interface ClipSound {
  /** Infinity for one that does not end. */
  frames: number;
  read: PlacedClip['read'];
}

/** The stem that a clip plays. */
export function stemOf(source: Exclude<ClipSource, { from: 'synth' }>): Stem {
  return source.from === 'file' ? source : source.stem;
}

/** The sound of a clip with a stem, read from disk; silence after its end. */
export function stemSound(stem: Stem, { offsetSeconds }: Clip): ClipSound {
  let next = Math.round(offsetSeconds * SAMPLE_RATE);
  return {
    frames: stem.samples,
    read: (frames) => {
      const start = next;
      next += frames;
      return readStem(stem, start, frames);
    },
  };
}
