import { expose } from 'comlink';
import type { BlobName } from '#lib/job/blob-name.ts';
import { joinBytes } from '#lib/media/join-bytes.ts';
import { decodePicture } from '#lib/media/pixels/read-pixels.ts';
import type { WantedDevice } from '#lib/models/devices.ts';
import { readBlob } from '#lib/worker/blob-store.ts';
import { storeBytes } from '#lib/worker/blob-writer.ts';
import { Detector, type DetectedPicture } from './detector.ts';

/** The detector to use, and the minimum score. */
export interface DetectorRequest {
  weights: Blob & { name?: string; lastModified?: number };
  /** Side of the input if the graph leaves it open. */
  inputPixels: number;
  device: WantedDevice;
  minScore: number;
}

/** The objects in each picture, and the detector. */
export interface Detected {
  boxes: DetectedPicture['boxes'][];
  /** The latents of all pictures one after the other, float32; null when the detector gives none. */
  latents: BlobName | null;
  head: string;
  device: string;
  why: string;
}

/** Runs on a blank picture after which the browser has optimised the program of the runtime. */
const PRACTICE_RUNS = 4;

let practice: Promise<void> = Promise.resolve();
/** Whether there are real pictures: then practising ends. */
let isWanted = false;

let open: { key: string; detector: Detector } | null = null;

const api = {
  /** Loads the detector for the calls to come. */
  async prepare(request: DetectorRequest): Promise<void> {
    const detector = await warm(request);
    if (!isWanted) practice = practise(detector);
  },

  /** Finds objects in pictures; the detector stays loaded for the next call with the same weights. */
  async detect(
    request: DetectorRequest,
    pictures: readonly (BlobName | Blob)[],
    onProgress: (fraction: number) => void,
  ): Promise<Detected> {
    isWanted = true;
    const detector = await warm(request);
    await practice;
    const detected: DetectedPicture[] = [];
    for (let at = 0; at < pictures.length; at += detector.batch) {
      const batch = await Promise.all(pictures.slice(at, at + detector.batch).map(toBitmap));
      detected.push(...(await detector.detect(batch, request.minScore)));
      for (const bitmap of batch) bitmap.close();
      onProgress(detected.length / pictures.length);
    }
    const { name, threads, why } = detector.session.device;
    return {
      boxes: detected.map(({ boxes }) => boxes),
      latents: await storeLatents(detected),
      head: detector.head.name,
      device: name === 'wasm' ? `wasm × ${threads}` : name,
      why,
    };
  },
};

export type ObjectsApi = typeof api;

expose(api);

/** The first runs are several times slower than later ones. */
async function practise(detector: Detector): Promise<void> {
  const blank = await createImageBitmap(new ImageData(16, 16));
  for (let run = 0; run < PRACTICE_RUNS && !isWanted; run++) {
    // What fails here fails again on real pictures, and is reported then.
    await detector.detect([blank], 1).catch(() => undefined);
  }
  blank.close();
}

async function warm({ weights, device, inputPixels }: DetectorRequest): Promise<Detector> {
  const key = [weights.name, weights.size, weights.lastModified, device].join(' ');
  if (open?.key === key) return open.detector;
  await open?.detector.session.close();
  open = null;
  const bytes = async () => new Uint8Array(await weights.arrayBuffer());
  const detector = await Detector.open(bytes, device, inputPixels);
  open = { key, detector };
  return detector;
}

async function storeLatents(detected: readonly DetectedPicture[]): Promise<BlobName | null> {
  const latents = detected.map(({ latent }) => latent).filter((latent) => latent !== null);
  if (latents.length === 0) return null;
  return storeBytes(joinBytes(...latents.map(({ buffer }) => new Uint8Array(buffer))));
}

async function toBitmap(picture: BlobName | Blob): Promise<ImageBitmap> {
  return decodePicture(typeof picture === 'string' ? await readBlob(picture) : picture);
}
