import { expose } from 'comlink';
import type { BlobName } from '#lib/job/blob-name.ts';
import { readPixels } from '#lib/media/pixels/read-pixels.ts';
import { readBlob } from '#lib/worker/blob-store.ts';
import { embedFrame, type EmbeddedFrame } from './choose.ts';
import type { Embedder } from './embedder.ts';
import { layoutEmbedder } from './layout-embedder.ts';
import { NetworkEmbedder, type Network } from './network-embedder.ts';

/** Longer side of the pictures that are embedded, in pixels: the layout needs few, a network all there are. */
const LAYOUT_PIXELS = 160;
const NETWORK_PIXELS = 1024;

/** The latents of all pictures, by whom, and why by that one. */
export interface Embedded {
  embedder: string;
  why: string;
  frames: EmbeddedFrame[];
}

const api = {
  /** Embeds pictures (stored blobs or image files) by their layout, one in memory after the other. */
  async embed(
    pictures: readonly (BlobName | Blob)[],
    onProgress: (fraction: number) => void,
  ): Promise<Omit<Embedded, 'why'>> {
    const frames = await embedAll(pictures, layoutEmbedder, LAYOUT_PIXELS, onProgress);
    return { embedder: layoutEmbedder.name, frames };
  },

  /** Embeds pictures by a network. */
  async embedBy(
    network: Network,
    pictures: readonly (BlobName | Blob)[],
    onProgress: (fraction: number) => void,
  ): Promise<Embedded> {
    const embedder = await NetworkEmbedder.open(network);
    try {
      const frames = await embedAll(pictures, embedder, NETWORK_PIXELS, onProgress);
      return { embedder: embedder.name, why: embedder.why, frames };
    } finally {
      await embedder.close();
    }
  },
};

export type BestFrameApi = typeof api;

expose(api);

async function embedAll(
  pictures: readonly (BlobName | Blob)[],
  embedder: Embedder,
  longerSide: number,
  onProgress: (fraction: number) => void,
): Promise<EmbeddedFrame[]> {
  const frames: EmbeddedFrame[] = [];
  for (const picture of pictures) {
    const blob = typeof picture === 'string' ? await readBlob(picture) : picture;
    frames.push(await embedFrame(await readPixels(blob, longerSide), embedder));
    onProgress(frames.length / pictures.length);
  }
  return frames;
}
