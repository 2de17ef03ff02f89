/** Properties of an uploaded file. */
export interface MediaFacts {
  type: 'video/mp4' | 'video/webm' | 'audio/mp4' | 'audio/webm' | 'audio/wav';
  durationSeconds: number;
  /** Pixels; 0 without a video track. */
  width: number;
  height: number;
}

/** The uploaded file can't be published. The message says why. */
export class MediaRefusedError extends Error {
  override name = 'MediaRefusedError';
}
