import type { ByteRange } from '../../routes/byte-range.ts';

/** Name of a file: the link's id and the kind of file. */
export type BlobKey = `${string}.${'media' | 'poster' | 'card'}`;

/** Storage for the files of links: a folder or an S3 bucket. */
export interface BlobStore {
  /** Moves a local file into the store. */
  putFile(key: BlobKey, path: string): Promise<void>;
  put(key: BlobKey, bytes: Uint8Array): Promise<void>;
  /** Reads a file or a range of it. @throws BlobGoneError when it doesn't exist. */
  get(key: BlobKey, range: ByteRange | null, signal: AbortSignal): AsyncIterable<Uint8Array>;
  /** Does nothing when the file doesn't exist. */
  remove(key: BlobKey): Promise<void>;
}

/** The file doesn't exist. */
export class BlobGoneError extends Error {
  override name = 'BlobGoneError';
}

/** Validates a key before it becomes part of a path or URL. @throws TypeError */
export function checkKey(key: string): void {
  if (!/^[0-9A-Za-z]{22}\.(?:media|poster|card)$/.test(key)) {
    throw new TypeError(`A key is an id and what it is; "${key}" came.`);
  }
}
