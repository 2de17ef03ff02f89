import { expose } from 'comlink';
import type { BlobName } from '#lib/job/blob-name.ts';
import { contentBox } from '#lib/media/pixels/content-box.ts';
import { decodePicture, pixelsOf, readPixels } from '#lib/media/pixels/read-pixels.ts';
import { readBlob } from '#lib/worker/blob-store.ts';
import { embedFrame, isBlankFrame, type EmbeddedFrame } from './choose.ts';
import { layoutEmbedder } from './layout-embedder.ts';
import { NetworkEmbedder, type Network } from './network-embedder.ts';

/** Longer side of the pixels for the layout, and for finding black bars and blank pictures. */
const LAYOUT_PIXELS = 160;

/** The latents of all pictures, their embedder, and why it was used. */
export interface Embedded {
  embedder: string;
  why: string;
  frames: EmbeddedFrame[];
}

const api = {
  /** Embeds pictures (stored blobs or image files) by their layout, with one at a time in memory. */
  async embed(
    pictures: readonly (BlobName | Blob)[],
    onProgress: (fraction: number) => void,
  ): Promise<EmbeddedFrame[]> {
    return embedAll(pictures, onProgress, async (blob) =>
      embedFrame(await readPixels(blob, LAYOUT_PIXELS), layoutEmbedder),
    );
  },

  /**
   * Pictures with the latents that another step made of them.
   * @param latents Float32, of one length each, in the order of the pictures.
   */
  async withLatents(
    pictures: readonly (BlobName | Blob)[],
    latents: BlobName,
    onProgress: (fraction: number) => void,
  ): Promise<EmbeddedFrame[]> {
    const all = new Float32Array(await (await readBlob(latents)).arrayBuffer());
    const length = all.length / pictures.length;
    let at = 0;
    return embedAll(pictures, onProgress, async (blob) => {
      const latent = all.subarray(at * length, ++at * length);
      return { latent, isBlank: isBlankFrame(await readPixels(blob, LAYOUT_PIXELS)) };
    });
  },

  /** Embeds pictures with a network. */
  async embedBy(
    network: Network,
    pictures: readonly (BlobName | Blob)[],
    onProgress: (fraction: number) => void,
  ): Promise<Embedded> {
    const embedder = await NetworkEmbedder.open(network);
    try {
      const frames = await embedAll(pictures, onProgress, (blob) => embedByNetwork(blob, embedder));
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
  onProgress: (fraction: number) => void,
  embed: (blob: Blob) => Promise<EmbeddedFrame>,
): Promise<EmbeddedFrame[]> {
  const frames: EmbeddedFrame[] = [];
  for (const picture of pictures) {
    frames.push(await embed(typeof picture === 'string' ? await readBlob(picture) : picture));
    onProgress(frames.length / pictures.length);
  }
  return frames;
}

/** The network gets the full picture; bars and blankness are found in a small copy. */
async function embedByNetwork(blob: Blob, embedder: NetworkEmbedder): Promise<EmbeddedFrame> {
  const bitmap = await decodePicture(blob);
  try {
    const small = pixelsOf(bitmap, LAYOUT_PIXELS);
    const box = contentBox(small);
    const across = bitmap.width / small.width;
    const down = bitmap.height / small.height;
    const part = {
      left: box.left * across,
      top: box.top * down,
      width: box.width * across,
      height: box.height * down,
    };
    return { latent: await embedder.embed(bitmap, part), isBlank: isBlankFrame(small) };
  } finally {
    bitmap.close();
  }
}
