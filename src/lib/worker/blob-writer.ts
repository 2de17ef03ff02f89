import { createSHA256 } from 'hash-wasm';
import type { BlobName } from '#lib/job/blob-name.ts';
import { asStorageError, blobFolder, hasBlob, readBlob, refusal } from './blob-store.ts';

const PIECE_BYTES = 4 << 20;

/**
 * Writes a blob piece by piece, at any position, and names it by its SHA-256 when it is closed.
 * Works only in a dedicated worker: it needs a synchronous access handle.
 * @throws StorageFullError from `write` when the device is full; what was written is removed.
 */
export class BlobWriter {
  #folder: FileSystemDirectoryHandle;
  #file: FileSystemFileHandle;
  #access: FileSystemSyncAccessHandle | null;
  #position = 0;

  private constructor(
    folder: FileSystemDirectoryHandle,
    file: FileSystemFileHandle,
    access: FileSystemSyncAccessHandle,
  ) {
    this.#folder = folder;
    this.#file = file;
    this.#access = access;
  }

  /**
   * Opens a new, empty blob.
   * @throws StorageRefusedError when this browser can't write files.
   */
  static async open(): Promise<BlobWriter> {
    if (!('createSyncAccessHandle' in FileSystemFileHandle.prototype)) throw refusal();
    const folder = await blobFolder();
    const file = await folder.getFileHandle(`unfinished-${crypto.randomUUID()}`, { create: true });
    return new BlobWriter(folder, file, await file.createSyncAccessHandle());
  }

  /** Size of the blob so far: the furthest position written. */
  get bytes(): number {
    return this.#open().getSize();
  }

  /** Writes `data` at byte `at`; by default behind the last write. */
  write(data: Uint8Array | ArrayBuffer, at = this.#position): void {
    const access = this.#open();
    const bytes = data instanceof Uint8Array ? data : new Uint8Array(data);
    try {
      access.write(bytes, { at });
      // When the quota is used up, Chromium reports a complete write although the file is too short.
      const isShort = access.getSize() < at + bytes.byteLength;
      if (isShort) throw new DOMException('Disk full', 'QuotaExceededError');
    } catch (error) {
      void this.discard();
      throw asStorageError(error);
    }
    this.#position = at + bytes.byteLength;
  }

  /** Finishes the blob and returns its name. With `name` the content is not hashed: the caller has done it. */
  async close(name?: BlobName): Promise<BlobName> {
    const access = this.#open();
    access.flush();
    const final = name ?? (await digestName(access));
    access.close();
    this.#access = null;
    if (!(await hasBlob(final))) {
      try {
        await rename(this.#file, this.#folder, final);
        return final;
      } catch (error) {
        // Another worker may just have stored the same content.
        if (!(await hasBlob(final))) throw asStorageError(error);
      }
    }
    await this.#folder.removeEntry(this.#file.name);
    return final;
  }

  /** Deletes the unfinished blob. Does nothing when it is closed already. */
  async discard(): Promise<void> {
    if (!this.#access) return;
    this.#access.close();
    this.#access = null;
    await this.#folder.removeEntry(this.#file.name);
  }

  #open(): FileSystemSyncAccessHandle {
    if (!this.#access) throw new TypeError('This blob is closed: open another one to write.');
    return this.#access;
  }
}

/** Stores bytes that are in memory and returns their name. Only in a dedicated worker. */
export async function storeBytes(data: Uint8Array | ArrayBuffer): Promise<BlobName> {
  const writer = await BlobWriter.open();
  writer.write(data);
  return writer.close();
}

async function digestName(access: FileSystemSyncAccessHandle): Promise<BlobName> {
  const hasher = await createSHA256();
  const size = access.getSize();
  const piece = new Uint8Array(Math.min(PIECE_BYTES, Math.max(1, size)));
  for (let at = 0; at < size;) {
    const count = access.read(piece, { at });
    hasher.update(piece.subarray(0, count));
    at += count;
  }
  return `sha256-${hasher.digest('hex')}`;
}

/** `move` is in every engine's OPFS but not yet in the standard; without it the file is copied. */
async function rename(file: FileSystemFileHandle, folder: FileSystemDirectoryHandle, name: BlobName) {
  const movable = file as FileSystemFileHandle & { move?: (name: string) => Promise<void> };
  if (movable.move) return movable.move(name);
  const source = await file.getFile();
  const target = await folder.getFileHandle(name, { create: true });
  const access = await target.createSyncAccessHandle();
  for (let at = 0; at < source.size; at += PIECE_BYTES) {
    access.write(await source.slice(at, at + PIECE_BYTES).arrayBuffer(), { at });
  }
  access.close();
  await folder.removeEntry(file.name);
  await readBlob(name);
}
