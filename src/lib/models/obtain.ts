import { proxy } from 'comlink';
import { WorkerClient } from '#lib/worker/worker-client.ts';
import { chooseDevice, chooseFile, findDevices, type WantedDevice } from './devices.ts';
import { findModel, installedModel, type InstalledModel } from './installed.ts';
import {
  hubUrl,
  loadManifest,
  megabytesOf,
  newestUrl,
  ownUrl,
  partsOf,
  weightsName,
  type Model,
  type ModelFile,
} from './manifest.ts';
import { ownWeightsName } from './own-model.ts';
import type { WeightsApi } from './weights.worker.ts';
import { WeightsError } from './weights-error.ts';
import WeightsWorker from './weights.worker.ts?worker';

/** A host of weights. */
export type Place = 'own-origin' | 'hub';

/** Where a variant can be downloaded from. */
export interface Offer {
  file: ModelFile;
  place: Place;
  url: string;
  /** Approximate size of the whole download. */
  megabytes: number;
}

/** Options of a download. */
export interface Download {
  signal: AbortSignal;
  /** Bytes so far, and bytes in all (null when unknown). */
  onProgress: (bytes: number, of: number | null) => void;
}

/**
 * Where the best variant for this machine can be downloaded: from our own origin if it is there, else from the hub.
 * null when nobody hosts it. Downloads nothing.
 */
export async function findOffer(model: Model, wanted: WantedDevice): Promise<Offer | null> {
  const best = chooseFile(model, wanted, await findDevices());
  if (model.isBuiltIn) return ownOffer(model, best);
  for (const file of [best, ...model.files.filter((other) => other !== best)]) {
    if (await isServed(ownUrl(model, file))) return ownOffer(model, file);
  }
  const url = hubUrl((await loadManifest()).hub, model, best);
  return url ? { file: best, place: 'hub', url, megabytes: megabytesOf(model, best) } : null;
}

/**
 * Downloads all files of a variant onto this device, resuming an interrupted download. A file that the hub doesn't have in
 * the pinned revision is taken from the newest, without a checksum.
 * @returns Whether all files are of the pinned revision.
 * @throws WeightsError, WeightsCorruptError, StorageFullError; AbortError when aborted: the bytes so far stay.
 */
export async function download(
  model: Model,
  { file, url }: Pick<Offer, 'file' | 'url'>,
  { signal, onProgress }: Download,
): Promise<boolean> {
  using worker = new WorkerClient<WeightsApi>(WeightsWorker);
  const parts = partsOf(model, file);
  // The other files are in the same folder as the first, on either host.
  const folder = new URL(url, location.href).href.replace(file.path, '');
  /** Size of each file, as far as it is known. */
  const sizes = parts.map(({ bytes, megabytes }) => bytes ?? (parts.length > 1 ? megabytes * 1e6 : null));
  const here = parts.map(() => 0);
  let isPinned = true;
  for (const [at, part] of parts.entries()) {
    const { path, bytes, sha256 } = part;
    const request = {
      name: weightsName(model, part),
      url: path === file.path ? new URL(url, location.href).href : folder + path,
      bytes,
      sha256,
    };
    const report = (done: number, of: number | null) => {
      here[at] = done;
      sizes[at] = of ?? sizes[at]!;
      onProgress(sum(here), sizes.includes(null) ? null : sum(sizes as number[]));
    };
    const newest = newestUrl(request.url, model);
    await worker
      .call(signal, (api) => api.fetch(request, proxy(report)))
      .catch((error: unknown) => {
        if ((error as Error).name !== 'WeightsNotFoundError' || newest === null) throw error;
        isPinned = false;
        const unpinned = { ...request, url: newest, bytes: null, sha256: null };
        return worker.call(signal, (api) => api.fetch(unpinned, proxy(report)));
      });
    here[at] = sizes[at] ?? here[at]!;
  }
  const device = chooseDevice('auto', await findDevices()).name;
  await keepRuntime(await worker.call(signal, (api) => api.runtimeFiles(device)));
  return isPinned;
}

/**
 * Has a model of the app, with the program that runs it, kept on this device for use without a network. Nothing is
 * downloaded that is there.
 * @throws WeightsError, WeightsCorruptError, StorageFullError; AbortError when aborted.
 */
export async function keepBuiltIn(id: string, signal: AbortSignal): Promise<void> {
  const model = await findModel(id);
  if (!model?.isBuiltIn) return;
  await download(model, ownOffer(model, model.files[0]!), { signal, onProgress: () => undefined });
}

/** Asks the service worker to keep the files of the runtime; without one they are fetched at each first use. */
async function keepRuntime(urls: readonly string[]): Promise<void> {
  const registration = await navigator.serviceWorker?.getRegistration();
  registration?.active?.postMessage({ keep: urls });
}

function ownOffer(model: Model, file: ModelFile): Offer {
  return { file, place: 'own-origin', url: ownUrl(model, file), megabytes: megabytesOf(model, file) };
}

/**
 * A model with all its files: from this device, else from our own origin, which needs no consent.
 * @throws WeightsError when they would have to come from the hub, or from nowhere.
 */
export async function obtainModel(
  model: Model,
  wanted: WantedDevice,
  options: Download,
): Promise<InstalledModel> {
  const best = chooseFile(model, wanted, await findDevices());
  const here = await installedModel(model, best);
  if (here) return here;
  const offer = await findOffer(model, wanted);
  if (offer?.place !== 'own-origin') {
    throw new WeightsError(
      `The weights of “${model.title}” are not on this device; get them under “Eyes and words”.`,
    );
  }
  await download(model, offer, options);
  const came = await installedModel(model, offer.file);
  if (!came) throw new WeightsError(`The weights of “${model.title}” were deleted while they came.`);
  return came;
}

/** The weights of a model with a single file; see `obtainModel`. */
export async function obtainWeights(model: Model, wanted: WantedDevice, options: Download): Promise<File> {
  const { file, parts } = await obtainModel(model, wanted, options);
  return parts.get(file.path)!;
}

/**
 * Installs a user's detector from an ONNX file.
 * @returns The model's id.
 * @throws WeightsCorruptError when it is no ONNX file; StorageFullError.
 */
export async function addOwnModel(file: File, signal: AbortSignal): Promise<string> {
  using worker = new WorkerClient<WeightsApi>(WeightsWorker);
  const name = ownWeightsName(file.name);
  await worker.call(signal, (api) => api.keep(name, file));
  return name;
}

/** Whether our origin has a file. Servers may answer unknown addresses with the app's page, which does not count. */
async function isServed(path: string): Promise<boolean> {
  try {
    const answer = await fetch(path, { method: 'HEAD' });
    return answer.ok && !answer.headers.get('content-type')?.includes('text/html');
  } catch {
    return false;
  }
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((a, b) => a + b, 0);
}
