import type { SoundTimeline } from './sound-timeline.ts';

/** Which part of which file is wanted. */
export interface SourceAudioRequest {
  file: Blob;
  /** Timestamp that becomes sample 0. */
  startSeconds: number;
  durationSeconds: number;
}

/** What a decoder found on the first sound track that it can read; `why` is one sentence, or nothing to say. */
export interface Finding {
  is: 'sound' | 'silent' | 'unreadable';
  why: string;
}

/** A way to decode: lays the sound on the timeline. What the file is like is a finding, never an error. */
export type Decode = (
  request: SourceAudioRequest,
  timeline: SoundTimeline,
  onProgress: (fraction: number) => void,
) => Promise<Finding>;
