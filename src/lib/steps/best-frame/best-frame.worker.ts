import { expose } from 'comlink';
import type { BlobName } from '#lib/job/blob-name.ts';
import { readPixels } from '#lib/media/pixels/read-pixels.ts';
import { readBlob } from '#lib/worker/blob-store.ts';
import { embedFrame, type EmbeddedFrame } from './choose.ts';
import { layoutEmbedder } from './layout-embedder.ts';

/** Longer side of the pictures that are embedded, in pixels. */
const EMBED_PIXELS = 160;

const api = {
  /** Embeds pictures (stored blobs or image files), one in memory after the other. */
  async embed(
    pictures: readonly (BlobName | Blob)[],
    onProgress: (fraction: number) => void,
  ): Promise<{ embedder: string; frames: EmbeddedFrame[] }> {
    const frames: EmbeddedFrame[] = [];
    for (const picture of pictures) {
      const blob = typeof picture === 'string' ? await readBlob(picture) : picture;
      frames.push(await embedFrame(await readPixels(blob, EMBED_PIXELS), layoutEmbedder));
      onProgress(frames.length / pictures.length);
    }
    return { embedder: layoutEmbedder.name, frames };
  },
};

export type BestFrameApi = typeof api;

expose(api);
