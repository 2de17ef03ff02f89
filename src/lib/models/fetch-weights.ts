import { createSHA256 } from 'hash-wasm';
import { StorageFullError } from '#lib/worker/blob-store.ts';
import { checkForm } from './check-form.ts';
import { requestFrom } from './request-from.ts';
import { WeightsCorruptError, WeightsError } from './weights-error.ts';
import { deleteWeights, findWeights, tagName, unfinishedName, weightsFolder } from './weights-folder.ts';

/** What to download, and the expected content. */
export interface WeightsRequest {
  /** Name in the weights folder. */
  name: string;
  url: string;
  /** From the manifest; null when unknown. */
  bytes: number | null;
  sha256: string | null;
}

const READ_BYTES = 1 << 20;

/**
 * Downloads weights into the weights folder, resuming an interrupted download. When they are being downloaded elsewhere, in
 * another worker or tab, it waits for that. Only in a dedicated worker.
 * @param onProgress Bytes so far, and bytes in all (null when unknown).
 * @throws WeightsUnreachableError, WeightsError when the server can't be reached, refuses or stops sending: the bytes so
 * far stay for a later try.
 * @throws WeightsCorruptError when the content does not match the manifest: it is deleted.
 * @throws StorageFullError when the device has no space.
 */
export async function fetchWeights(
  request: WeightsRequest,
  onProgress: (bytes: number, of: number | null) => void,
): Promise<void> {
  await navigator.locks.request(`weights-${request.name}`, async () => {
    if (await findWeights(request.name)) return;
    try {
      await attempt(request, onProgress);
    } catch (error) {
      // The bytes of an earlier download may be wrong: one try from the beginning.
      if (!(error instanceof ResumedInVainError)) throw error;
      await attempt(request, onProgress);
    }
  });
}

/** The content is wrong, but only its end is new. */
class ResumedInVainError extends WeightsCorruptError {}

async function attempt(
  request: WeightsRequest,
  onProgress: (bytes: number, of: number | null) => void,
): Promise<void> {
  const folder = await weightsFolder();
  const handle = await folder.getFileHandle(unfinishedName(request.name), { create: true });
  const access = await handle.createSyncAccessHandle();
  const begunBytes = access.getSize();
  try {
    await download(request, access, onProgress);
    await verify(request, access);
    access.close();
  } catch (error) {
    access.close();
    if (!(error instanceof WeightsCorruptError)) throw asFull(error, request);
    await deleteWeights(request.name);
    throw begunBytes > 0 ? new ResumedInVainError(error.message) : error;
  }
  // `move` is in every engine's origin-private file system, but not yet in the standard.
  await (handle as FileSystemFileHandle & { move(name: string): Promise<void> }).move(request.name);
  await folder.removeEntry(tagName(request.name)).catch(() => undefined);
}

async function download(
  { name, url, bytes }: WeightsRequest,
  access: FileSystemSyncAccessHandle,
  onProgress: (bytes: number, of: number | null) => void,
): Promise<void> {
  const begun = access.getSize();
  if (begun === bytes) return;
  const { response, from, ofBytes } = await requestFrom(
    url,
    name,
    bytes !== null && begun > bytes ? 0 : begun,
  );
  if (from < begun) access.truncate(from);
  const of = bytes ?? ofBytes;
  let at = from;
  const reader = response.body!.getReader();
  for (;;) {
    const { done, value } = await reader.read().catch(() => ({ done: true, value: undefined }));
    if (done || !value) break;
    access.write(value, { at });
    at += value.length;
    // On a full disk Chromium reports a complete write.
    if (access.getSize() < at) throw new DOMException('Disk full', 'QuotaExceededError');
    onProgress(at, of);
  }
  access.flush();
  if (of !== null && at < of) {
    throw new WeightsError(`The download broke off after ${at} of ${of} bytes. It can go on from there.`);
  }
}

async function verify(
  { name, bytes, sha256 }: WeightsRequest,
  access: FileSystemSyncAccessHandle,
): Promise<void> {
  const size = access.getSize();
  if (bytes !== null && size !== bytes) {
    throw new WeightsCorruptError(
      `Weights of ${bytes} bytes were promised, but ${size} came. They are thrown away.`,
    );
  }
  checkForm(name, size, (at, count) => {
    const piece = new Uint8Array(count);
    return piece.subarray(0, access.read(piece, { at }));
  });
  if (sha256 && (await digest(access)) !== sha256) {
    throw new WeightsCorruptError(
      'The weights that came are not the promised ones: their checksum is another. They are thrown away.',
    );
  }
}

async function digest(access: FileSystemSyncAccessHandle): Promise<string> {
  const hasher = await createSHA256();
  const piece = new Uint8Array(READ_BYTES);
  for (let at = 0, count; (count = access.read(piece, { at })) > 0; at += count) {
    hasher.update(piece.subarray(0, count));
  }
  return hasher.digest('hex');
}

/** Turns a QuotaExceededError of the browser into a StorageFullError; returns all other errors unchanged. */
export function asFull(error: unknown, { bytes }: Pick<WeightsRequest, 'bytes'>): unknown {
  if ((error as DOMException).name !== 'QuotaExceededError') return error;
  const size = bytes === null ? '' : ` of ${Math.ceil(bytes / 1e6)} MB`;
  return new StorageFullError(
    `This device has no room for weights${size}: delete an old project or another model, then try again.`,
  );
}
