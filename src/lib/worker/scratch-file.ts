import { asStorageError, blobFolder } from './blob-store.ts';

/**
 * A temporary file: appended to, read at any position, deleted when it is disposed of. If the page is killed, the next
 * sweep deletes it with the unfinished blobs. Works only in a dedicated worker.
 */
export class ScratchFile implements AsyncDisposable {
  #folder: FileSystemDirectoryHandle;
  #name: string;
  #access: FileSystemSyncAccessHandle;
  #bytes = 0;

  private constructor(folder: FileSystemDirectoryHandle, name: string, access: FileSystemSyncAccessHandle) {
    this.#folder = folder;
    this.#name = name;
    this.#access = access;
  }

  /** Opens an empty file. */
  static async open(): Promise<ScratchFile> {
    const folder = await blobFolder();
    const file = await folder.getFileHandle(`unfinished-${crypto.randomUUID()}`, { create: true });
    return new ScratchFile(folder, file.name, await file.createSyncAccessHandle());
  }

  /** Number of bytes written. */
  get bytes(): number {
    return this.#bytes;
  }

  /** Appends data. @throws StorageFullError when the device is full. */
  append(data: Uint8Array): void {
    try {
      this.#access.write(data, { at: this.#bytes });
      // When the quota is used up, Chromium reports a complete write although the file is too short.
      const isShort = this.#access.getSize() < this.#bytes + data.length;
      if (isShort) throw new DOMException('Disk full', 'QuotaExceededError');
    } catch (error) {
      throw asStorageError(error);
    }
    this.#bytes += data.length;
  }

  /** Reads `count` bytes from byte `at`; all of them must have been written. */
  read(at: number, count: number): Uint8Array<ArrayBuffer> {
    const bytes = new Uint8Array(count);
    this.#access.read(bytes, { at });
    return bytes;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#access.close();
    await this.#folder.removeEntry(this.#name).catch(() => undefined);
  }
}
