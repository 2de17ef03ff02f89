import type { FilmOutput } from '#lib/job/entries/film.ts';

/** What the step appends, without what follows from the request alone. */
export type MadeFilm = Omit<FilmOutput, 'fileName' | 'mimeType'>;
