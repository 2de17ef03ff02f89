import { open, rename, rm, stat, type FileHandle } from 'node:fs/promises';
import { RunDiffersError, type SoundStore } from './run-sound.ts';

/**
 * The sound of a run in a file. The file of an interrupted attempt is kept beside it, and new bytes are compared with
 * it.
 */
export class SoundFile implements SoundStore {
  readonly #path: string;
  readonly #file: FileHandle;
  readonly #before: FileHandle | null;
  readonly #beforeBytes: number;
  #bytes = 0;

  private constructor(path: string, file: FileHandle, before: FileHandle | null, beforeBytes: number) {
    this.#path = path;
    this.#file = file;
    this.#before = before;
    this.#beforeBytes = beforeBytes;
  }

  /** @param path Path of the finished sound. `<path>.part` is being written, `<path>.before` is an older attempt. */
  static async open(path: string): Promise<SoundFile> {
    await keepLongest(path);
    const before = await openIfThere(`${path}.before`);
    try {
      const bytes = before ? (await before.stat()).size : 0;
      return new SoundFile(path, await open(partialPath(path), 'w', 0o600), before, bytes);
    } catch (error) {
      await before?.close();
      throw error;
    }
  }

  async append(bytes: Uint8Array): Promise<void> {
    await this.#compare(bytes);
    await this.#file.appendFile(bytes);
    this.#bytes += bytes.length;
  }

  /** Moves the complete sound to its final path. The data is flushed first, so that it survives a power failure. */
  async finish(): Promise<void> {
    await this.#file.sync();
    await this.#close();
    await rename(partialPath(this.#path), this.#path);
    await rm(`${this.#path}.before`, { force: true });
  }

  async abandon(isKept: boolean): Promise<void> {
    await this.#close().catch(() => undefined);
    if (!isKept) await removeSound(this.#path);
  }

  async #close(): Promise<void> {
    await this.#file.close();
    await this.#before?.close();
  }

  async #compare(bytes: Uint8Array): Promise<void> {
    const length = Math.min(bytes.length, this.#beforeBytes - this.#bytes);
    if (!this.#before || length <= 0) return;
    const old = Buffer.alloc(length);
    await this.#before.read(old, 0, length, this.#bytes);
    if (!old.equals(bytes.subarray(0, length))) throw new RunDiffersError();
  }
}

/** Path of the sound while it is written. */
export function partialPath(path: string): string {
  return `${path}.part`;
}

/** Deletes a sound and its partial files. */
export async function removeSound(path: string): Promise<void> {
  for (const each of [path, partialPath(path), `${path}.before`]) await rm(each, { force: true });
}

/**
 * Keeps the longest interrupted attempt as `.before`: it holds everything that clients may have received. The final path
 * counts as well, as the server may have crashed after an attempt was complete.
 */
async function keepLongest(path: string): Promise<void> {
  const before = `${path}.before`;
  for (const attempt of [partialPath(path), path]) {
    if ((await sizeOf(attempt)) > (await sizeOf(before))) await rename(attempt, before);
  }
}

async function sizeOf(path: string): Promise<number> {
  const found = await stat(path).catch(absent);
  return found?.size ?? 0;
}

async function openIfThere(path: string): Promise<FileHandle | null> {
  return (await open(path, 'r').catch(absent)) ?? null;
}

function absent(error: NodeJS.ErrnoException): undefined {
  if (error.code !== 'ENOENT') throw error;
}
