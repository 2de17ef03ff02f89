import type { ByteRange } from '../../routes/byte-range.ts';

/** The name of a file of a link: the link's id and what it is. */
export type BlobKey = `${string}.${'media' | 'poster' | 'card'}`;

/** Where the files of links lie: a disk, or any store that speaks S3. */
export interface BlobStore {
  /** Takes a finished file of this machine over; it is gone from where it was. */
  putFile(key: BlobKey, path: string): Promise<void>;
  put(key: BlobKey, bytes: Uint8Array): Promise<void>;
  /** Some or all bytes of a file. @throws BlobGoneError when there is none. */
  get(key: BlobKey, range: ByteRange | null, signal: AbortSignal): AsyncIterable<Uint8Array>;
  /** No error when there is none. */
  remove(key: BlobKey): Promise<void>;
}

/** A file of a link is not where it should be. */
export class BlobGoneError extends Error {
  override name = 'BlobGoneError';
}

/** Keys become paths and addresses, so they are checked where they do. @throws TypeError */
export function checkKey(key: string): void {
  if (!/^[0-9A-Za-z]{22}\.(?:media|poster|card)$/.test(key)) {
    throw new TypeError(`A key is an id and what it is; "${key}" came.`);
  }
}
