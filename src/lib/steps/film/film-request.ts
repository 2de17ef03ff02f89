import type { FilmOptions } from '#lib/job/entries/film.ts';

/** One sound track of the film. */
export interface FilmSound {
  /** A 48 kHz stereo 16-bit WAV. */
  wav: Blob;
  role: 'mix' | 'music' | 'effects' | 'original';
}

/** What a film is made of. */
export interface FilmRequest {
  kind: 'video' | 'picture';
  /** The file that the user dropped, and its name. */
  file: Blob;
  name: string;
  /** When the first picture is shown, and with it the first sample of every sound; null asks the file. */
  startSeconds: number | null;
  /** Length of the picture track, or of the clip that is to be made of a picture; null asks the file or the sound. */
  durationSeconds: number | null;
  /** The first one is what players play. */
  sounds: FilmSound[];
  options: FilmOptions;
}
