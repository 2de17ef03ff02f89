import type { SourceOutput } from '#lib/job/entries/source.ts';

/** The file can't be used; the message says in one sentence what was wanted and what came. */
export class SourceError extends Error {
  override name = 'SourceError';
}

/** What is wrong with a song. */
export const SOUND_ONLY = 'A video or a picture is needed; this file has sound but no picture.';

/** What the decoders make of a file, before it is stored. */
export type Identity = Omit<SourceOutput, 'blob' | 'md5' | 'name' | 'bytes'>;
