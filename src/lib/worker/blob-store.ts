import type { BlobName } from '#lib/job/blob-name.ts';

const FOLDER = 'blobs';

/** The store does not have this blob: it was deleted, or the browser cleared its storage. */
export class BlobMissingError extends Error {
  override name = 'BlobMissingError';
}

/** The device has no space for the data. */
export class StorageFullError extends Error {
  override name = 'StorageFullError';
}

/** The browser does not allow the app to store files, as in some private windows. */
export class StorageRefusedError extends Error {
  override name = 'StorageRefusedError';
}

/**
 * The folder of the origin-private file system that holds all blobs.
 * @throws StorageRefusedError when this browser has none.
 */
export async function blobFolder(): Promise<FileSystemDirectoryHandle> {
  try {
    const root = await navigator.storage.getDirectory();
    return await root.getDirectoryHandle(FOLDER, { create: true });
  } catch (error) {
    if (asStorageError(error) !== error) throw asStorageError(error);
    throw refusal();
  }
}

/** The error for browsers that can't store files. */
export function refusal(): StorageRefusedError {
  return new StorageRefusedError(
    'This browser lets the app keep no files on this device, and it works with files: open it in a normal window ' +
      'instead of a private one, or in a current Chrome, Edge, Firefox or Safari.',
  );
}

/**
 * A blob as a File, which reads from disk only the bytes that are asked for.
 * @throws BlobMissingError when the store doesn't have it.
 */
export async function readBlob(name: BlobName): Promise<File> {
  const folder = await blobFolder();
  try {
    return await (await folder.getFileHandle(name)).getFile();
  } catch (error) {
    if ((error as DOMException).name !== 'NotFoundError') throw error;
    throw new BlobMissingError(
      'A file of this project is not stored on this device any more; it is made again when you try again.',
    );
  }
}

/** Whether the store has a blob. */
export async function hasBlob(name: BlobName): Promise<boolean> {
  try {
    await (await blobFolder()).getFileHandle(name);
    return true;
  } catch {
    return false;
  }
}

/** Deletes every blob that is not in `keep`, and half-written ones. Returns the number of bytes freed. */
export async function sweepBlobs(keep: ReadonlySet<string>): Promise<number> {
  const folder = await blobFolder();
  let freed = 0;
  for await (const [name, handle] of folder.entries()) {
    if (keep.has(name) || handle.kind !== 'file') continue;
    try {
      const { size } = await handle.getFile();
      await folder.removeEntry(name);
      freed += size;
    } catch {
      // Another worker is writing it: the next sweep takes it.
    }
  }
  return freed;
}

/** Turns a QuotaExceededError of the browser into a StorageFullError; returns all other errors unchanged. */
export function asStorageError(error: unknown): unknown {
  const isFull = error instanceof DOMException && error.name === 'QuotaExceededError';
  if (!isFull) return error;
  return new StorageFullError(
    'This device has no room left for the project: delete an old project or free some space, then try again.',
  );
}
