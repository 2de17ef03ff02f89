import type { SourceOutput } from '#lib/job/entries/source.ts';

/** The file can't be used; the message says in one sentence what is needed and what it is. */
export class SourceError extends Error {
  override name = 'SourceError';
}

/** The reason for refusing a file with only sound. */
export const SOUND_ONLY = 'A video or a picture is needed; this file has sound but no picture.';

/** Everything that is read from a file before it is stored. */
export type Identity = Omit<SourceOutput, 'blob' | 'md5' | 'name' | 'bytes'>;
