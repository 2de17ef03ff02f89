import type { SourceAudioOutput } from '#lib/job/entries/source-audio.ts';
import { ACTIVITY_STEP_SECONDS } from '#lib/media/audio/foreground.ts';
import type { SoundTimeline } from './sound-timeline.ts';

/** The part of a file to decode. */
export interface SourceAudioRequest {
  file: Blob;
  /** Timestamp of sample 0. */
  startSeconds: number;
  durationSeconds: number;
}

/** What a decoder found; `why` is one sentence, or empty. */
export interface Finding {
  is: 'sound' | 'silent' | 'unreadable';
  why: string;
}

/** Decodes a file onto the timeline. Problems of the file are findings, never errors. */
export type Decode = (
  request: SourceAudioRequest,
  timeline: SoundTimeline,
  onProgress: (fraction: number) => void,
) => Promise<Finding>;

/** The output for a source without usable sound, with the reason in words. */
export function noSourceAudio(
  why: string,
  readBy: SourceAudioOutput['readBy'] = 'nothing',
): SourceAudioOutput {
  return { stem: null, activity: [], stepSeconds: ACTIVITY_STEP_SECONDS, readBy, why };
}
