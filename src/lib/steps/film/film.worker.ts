import { expose } from 'comlink';
import type { FilmOutput } from '#lib/job/entries/film.ts';
import type { FilmRequest } from './film-request.ts';
import { makeFilmHere } from './make-film-here.ts';

const running = new Map<string, AbortController>();

const api = {
  /** Makes a film; `id` identifies it for `cancel`. */
  async make(id: string, request: FilmRequest, onProgress: (fraction: number) => void): Promise<FilmOutput> {
    const abort = new AbortController();
    running.set(id, abort);
    try {
      return await makeFilmHere(request, abort.signal, onProgress);
    } finally {
      running.delete(id);
    }
  },

  /** Cancels a film: it deletes its unfinished file and rejects. */
  cancel(id: string): void {
    running.get(id)?.abort();
  },
};

export type FilmApi = typeof api;
expose(api);
