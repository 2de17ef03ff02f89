import type { BlobName } from '#lib/job/blob-name.ts';

const FOLDER = 'blobs';

/** The store has no such blob: it was deleted, or the browser cleared its storage. */
export class BlobMissingError extends Error {
  override name = 'BlobMissingError';
}

/** The device has no room for what was to be stored. */
export class StorageFullError extends Error {
  override name = 'StorageFullError';
}

/** The browser gives the app no place for its files, as some do in private windows. */
export class StorageRefusedError extends Error {
  override name = 'StorageRefusedError';
}

/**
 * The folder of the origin-private file system in which all blobs lie.
 * @throws StorageRefusedError when this browser has none for us.
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

/** What is said where files can't be kept. */
export function refusal(): StorageRefusedError {
  return new StorageRefusedError(
    'This browser lets the app keep no files on this device, and it works with files: open it in a normal window ' +
      'instead of a private one, or in a current Chrome, Edge, Firefox or Safari.',
  );
}

/**
 * The bytes of a name as a File that reads from disk only what is asked of it.
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

/** Whether the store has the bytes of a name. */
export async function hasBlob(name: BlobName): Promise<boolean> {
  try {
    await (await blobFolder()).getFileHandle(name);
    return true;
  } catch {
    return false;
  }
}

/** Deletes every blob that is not in `keep`, and half-written ones; gives the number of bytes freed. */
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
      // Another worker is writing it at this moment: the next sweep takes it.
    }
  }
  return freed;
}

/** Turns the browser's refusal for want of room into a StorageFullError; other errors come back as they are. */
export function asStorageError(error: unknown): unknown {
  const isFull = error instanceof DOMException && error.name === 'QuotaExceededError';
  if (!isFull) return error;
  return new StorageFullError(
    'This device has no room left for the project: delete an old project or free some space, then try again.',
  );
}
