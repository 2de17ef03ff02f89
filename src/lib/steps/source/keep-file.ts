import { createMD5 } from 'hash-wasm';
import type { BlobName } from '#lib/job/blob-name.ts';
import { BlobWriter } from '#lib/worker/blob-writer.ts';

const PIECE_BYTES = 4 << 20;

/**
 * Copies a file into the blob store under its MD5, in one pass and with constant memory: the next piece is read while
 * this one is hashed and written. Only in a dedicated worker.
 * @throws StorageFullError when the device is full.
 */
export async function keepFile(
  file: Blob,
  onProgress: (fraction: number) => void,
): Promise<{ md5: string; blob: BlobName }> {
  const hasher = await createMD5();
  const writer = await BlobWriter.open();
  const read = (at: number) => file.slice(at, at + PIECE_BYTES).arrayBuffer();
  try {
    let next = read(0);
    for (let at = 0; at < file.size; at += PIECE_BYTES) {
      const piece = new Uint8Array(await next);
      next = read(at + PIECE_BYTES);
      next.catch(() => undefined); // It is awaited in the next iteration, unless this one throws.
      hasher.update(piece);
      writer.write(piece);
      onProgress(Math.min(1, (at + PIECE_BYTES) / file.size));
    }
    const md5 = hasher.digest('hex');
    return { md5, blob: await writer.close(`md5-${md5}`) };
  } catch (error) {
    await writer.discard();
    throw error;
  }
}
