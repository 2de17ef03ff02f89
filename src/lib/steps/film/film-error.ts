/** The film can't be made as it was asked for; the message says in one sentence why, and what would work. */
export class FilmError extends Error {
  override name = 'FilmError';
}
