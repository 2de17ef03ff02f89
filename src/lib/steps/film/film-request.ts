import type { FilmOptions, FilmOutput } from '#lib/job/entries/film.ts';

/** One sound track of the film. */
export interface FilmSound {
  /** A 48 kHz stereo 16-bit WAV. */
  wav: Blob;
  role: 'mix' | 'music' | 'effects' | 'voice' | 'original';
}

/** Everything that a film is made from. */
export interface FilmRequest {
  kind: 'video' | 'picture';
  /** The user's file, and its name. */
  file: Blob;
  name: string;
  /** Time of the first picture, where every sound starts; null reads it from the file. */
  startSeconds: number | null;
  /** Length of the video, or of the clip from a picture; null reads it from the file or the sound. */
  durationSeconds: number | null;
  /** Players play the first one. */
  sounds: FilmSound[];
  options: FilmOptions;
}

/** The output of the step, without what follows from the request alone. */
export type MadeFilm = Omit<FilmOutput, 'fileName' | 'mimeType'>;

/** The film can't be made as requested; the message says in one sentence why, and what would work. */
export class FilmError extends Error {
  override name = 'FilmError';
}
