import { expose } from 'comlink';
import { createMD5, createSHA256 } from 'hash-wasm';
import type { BlobName } from '#lib/job/blob-name.ts';
import { hasBlob } from '#lib/worker/blob-store.ts';
import { BlobWriter } from '#lib/worker/blob-writer.ts';
import { everyPercent } from '#lib/worker/every-percent.ts';

const PIECE_BYTES = 4 << 20;

/** The content does not match the name. */
export class WrongContentError extends Error {
  override name = 'WrongContentError';
}

const api = {
  async keep(
    blobs: readonly { name: BlobName; content: Blob }[],
    onProgress: (fraction: number) => void,
  ): Promise<void> {
    const all = blobs.reduce((sum, { content }) => sum + content.size, 0);
    const report = everyPercent(onProgress);
    let done = 0;
    for (const { name, content } of blobs) {
      await keepOne(name, content, (bytes) => report((done + bytes) / all));
      done += content.size;
    }
  },
};

async function keepOne(name: BlobName, content: Blob, onBytes: (bytes: number) => void): Promise<void> {
  if (await hasBlob(name)) return;
  const hasher = await (name.startsWith('md5-') ? createMD5() : createSHA256());
  const writer = await BlobWriter.open();
  try {
    for (let at = 0; at < content.size; at += PIECE_BYTES) {
      const piece = new Uint8Array(await content.slice(at, at + PIECE_BYTES).arrayBuffer());
      hasher.update(piece);
      writer.write(piece);
      onBytes(at + piece.length);
    }
    if (!name.endsWith(`-${hasher.digest('hex')}`))
      throw new WrongContentError(
        'A part of this file was changed or damaged on its way, so nothing was taken in.',
      );
    await writer.close(name);
  } finally {
    await writer.discard();
  }
}

export type KeepBlobsApi = typeof api;
expose(api);
