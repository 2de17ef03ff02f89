import { createReadStream, mkdirSync } from 'node:fs';
import { copyFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { ByteRange } from '../../routes/byte-range.ts';
import { BlobGoneError, checkKey, type BlobKey, type BlobStore } from './blob-store.ts';

/** Files in a folder with mode 0700. */
export class DiskStore implements BlobStore {
  readonly #folder: string;

  constructor(folder: string) {
    this.#folder = folder;
    mkdirSync(folder, { recursive: true, mode: 0o700 });
  }

  async putFile(key: BlobKey, path: string): Promise<void> {
    const target = this.#path(key);
    try {
      await rename(path, target);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EXDEV') throw error;
      await copyFile(path, `${target}.part`);
      await rename(`${target}.part`, target);
      await rm(path);
    }
  }

  async put(key: BlobKey, bytes: Uint8Array): Promise<void> {
    const target = this.#path(key);
    await writeFile(`${target}.part`, bytes, { mode: 0o600 });
    await rename(`${target}.part`, target);
  }

  async *get(key: BlobKey, range: ByteRange | null, signal: AbortSignal): AsyncGenerator<Uint8Array> {
    const part = range ? { start: range.first, end: range.last } : {};
    try {
      yield* createReadStream(this.#path(key), { ...part, signal }) as AsyncIterable<Buffer>;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
      throw new BlobGoneError(`The file ${key} is gone.`);
    }
  }

  async remove(key: BlobKey): Promise<void> {
    await rm(this.#path(key), { force: true });
  }

  #path(key: BlobKey): string {
    checkKey(key);
    return join(this.#folder, key);
  }
}
