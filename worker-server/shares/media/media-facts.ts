/** What was found in an uploaded file. */
export interface MediaFacts {
  type: 'video/mp4' | 'video/webm' | 'audio/mp4' | 'audio/webm' | 'audio/wav';
  durationSeconds: number;
  /** 0 where there is no picture. */
  width: number;
  height: number;
}

/** An uploaded file is no film or sound that this server shows to others. The message says why. */
export class MediaRefusedError extends Error {
  override name = 'MediaRefusedError';
}
