import { blobFolder } from '#lib/worker/blob-store.ts';
import { BLOCK_FRAMES } from '#lib/synth/dsp/sample-rate.ts';
import type { BlockReader, BlockWriter } from '#lib/synth/render-cache.ts';

const HEADER_BYTES = 8;
/** Blocks per piece: one flag each, then the samples of those that are not silent. */
const PIECE_BLOCKS = 64;
const BLOCK_SAMPLES = 2 * BLOCK_FRAMES;

/**
 * One cached part on disk: its number of blocks (zero while it is being written, so that an incomplete file is
 * ignored), then pieces of 64 blocks. A silent block takes one byte.
 */
export class PartCacheFile {
  /** Size of a block with sound. */
  static readonly blockBytes = 4 * BLOCK_SAMPLES + 1;

  readonly #access: FileSystemSyncAccessHandle;
  #finish: (() => void) | undefined;
  #isOpen = true;

  private constructor(access: FileSystemSyncAccessHandle) {
    this.#access = access;
  }

  /** Opens a finished part, or with `isFresh` an empty one; null when there is none or it is in use elsewhere. */
  static async open(name: string, isFresh: boolean): Promise<PartCacheFile | null> {
    try {
      const folder = await blobFolder();
      const file = await folder.getFileHandle(name, { create: isFresh });
      const access = await file.createSyncAccessHandle();
      const header = new Float64Array(1);
      access.read(header, { at: 0 });
      if (!isFresh && header[0] === 0) {
        access.close();
        return null;
      }
      if (isFresh) {
        access.truncate(0);
        access.write(new Float64Array(1), { at: 0 });
      }
      return new PartCacheFile(access);
    } catch {
      // The cache is optional: without it the part is rendered again.
      return null;
    }
  }

  /** Reads from the beginning. */
  reader(): BlockReader {
    const access = this.#access;
    const flags = new Uint8Array(PIECE_BLOCKS);
    const samples = new Float32Array(PIECE_BLOCKS * BLOCK_SAMPLES);
    let at = HEADER_BYTES;
    let block = PIECE_BLOCKS;
    let used = 0;
    return (left, right) => {
      if (block === PIECE_BLOCKS) {
        flags.fill(0);
        access.read(flags, { at });
        const count = flags.reduce((sum, flag) => sum + flag, 0);
        access.read(samples.subarray(0, count * BLOCK_SAMPLES), { at: at + PIECE_BLOCKS });
        at += PIECE_BLOCKS + count * BLOCK_SAMPLES * 4;
        block = used = 0;
      }
      if (flags[block++] === 0) return false;
      left.set(samples.subarray(used, used + BLOCK_FRAMES));
      right.set(samples.subarray(used + BLOCK_FRAMES, used + BLOCK_SAMPLES));
      used += BLOCK_SAMPLES;
      return true;
    };
  }

  /** Writes from the beginning. A full disk ends the cached part, not the rendering. */
  writer(): BlockWriter {
    const flags = new Uint8Array(PIECE_BLOCKS);
    const samples = new Float32Array(PIECE_BLOCKS * BLOCK_SAMPLES);
    let at = HEADER_BYTES;
    let blocks = 0;
    let used = 0;
    let isWhole = true;
    const flush = () => {
      const bytes = PIECE_BLOCKS + used * 4;
      isWhole &&= this.#write(flags, at) && this.#write(samples.subarray(0, used), at + PIECE_BLOCKS);
      at += bytes;
      used = 0;
      flags.fill(0);
    };
    this.#finish = () => {
      flush();
      if (isWhole) this.#write(Float64Array.of(blocks), 0);
    };
    return (left, right, isSilent) => {
      if (!isSilent) {
        samples.set(left, used);
        samples.set(right, used + BLOCK_FRAMES);
        used += BLOCK_SAMPLES;
        flags[blocks % PIECE_BLOCKS] = 1;
      }
      if (++blocks % PIECE_BLOCKS === 0) flush();
    };
  }

  /** Marks the file as complete. */
  complete(): void {
    this.#finish?.();
    this.#access.flush();
  }

  close(): void {
    if (this.#isOpen) this.#access.close();
    this.#isOpen = false;
  }

  /** Whether everything was written. Chromium reports success on a full disk, so the size is checked. */
  #write(data: Uint8Array<ArrayBuffer> | Float32Array<ArrayBuffer> | Float64Array<ArrayBuffer>, at: number) {
    try {
      this.#access.write(data, { at });
      return this.#access.getSize() >= at + data.byteLength;
    } catch {
      return false;
    }
  }
}
