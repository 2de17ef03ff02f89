import { expose } from 'comlink';
import type { BlobName } from '#lib/job/blob-name.ts';
import type { Box } from '#lib/job/entries/objects.ts';
import { decodePicture } from '#lib/media/pixels/read-pixels.ts';
import type { WantedDevice } from '#lib/models/devices.ts';
import { readBlob } from '#lib/worker/blob-store.ts';
import { Detector } from './detector.ts';

/** With what to look, and how sure it has to be. */
export interface DetectorWish {
  weights: Blob & { name?: string; lastModified?: number };
  /** Side of the input where the graph leaves it open. */
  inputPixels: number;
  device: WantedDevice;
  minScore: number;
}

/** What was found in each picture, by what. */
export interface Detected {
  boxes: Box[][];
  head: string;
  device: string;
  why: string;
}

let open: { key: string; detector: Detector } | null = null;

const api = {
  /** Finds objects in pictures; the detector stays open for the next call with the same weights. */
  async detect(
    wish: DetectorWish,
    pictures: readonly (BlobName | Blob)[],
    onProgress: (fraction: number) => void,
  ): Promise<Detected> {
    const detector = await warm(wish);
    const boxes: Box[][] = [];
    for (let at = 0; at < pictures.length; at += detector.batch) {
      const batch = await Promise.all(pictures.slice(at, at + detector.batch).map(toBitmap));
      boxes.push(...(await detector.detect(batch, wish.minScore)));
      for (const bitmap of batch) bitmap.close();
      onProgress(boxes.length / pictures.length);
    }
    const { name, threads, why } = detector.session.device;
    return { boxes, head: detector.head.name, device: name === 'wasm' ? `wasm × ${threads}` : name, why };
  },
};

export type ObjectsApi = typeof api;

expose(api);

async function warm({ weights, device, inputPixels }: DetectorWish): Promise<Detector> {
  const key = [weights.name, weights.size, weights.lastModified, device].join(' ');
  if (open?.key === key) return open.detector;
  await open?.detector.session.close();
  open = null;
  const bytes = async () => new Uint8Array(await weights.arrayBuffer());
  const detector = await Detector.open(bytes, device, inputPixels);
  open = { key, detector };
  return detector;
}

async function toBitmap(picture: BlobName | Blob): Promise<ImageBitmap> {
  return decodePicture(typeof picture === 'string' ? await readBlob(picture) : picture);
}
