import { BLOCK_FRAMES } from './sample-rate.ts';

/** Frames at the beginning that are repeated after the end, so that a block read from any frame is contiguous. */
const MIRRORED = BLOCK_FRAMES + 32;

/**
 * A ring buffer for delays longer than a block. Every block, written or read, is contiguous in `samples`, so inner
 * loops need no wrap-around. Whole blocks only.
 */
export class BlockRing {
  readonly samples: Float32Array;
  readonly #size: number;
  #written = 0;

  constructor(maxFrames: number) {
    let size = 2 * BLOCK_FRAMES;
    while (size < maxFrames + BLOCK_FRAMES + 32) size *= 2;
    this.#size = size;
    this.samples = new Float32Array(size + MIRRORED);
  }

  /** Index at which to write the next block. */
  get writeAt(): number {
    return this.#written;
  }

  /** Index of the block that is `frames` older than the next one to be written; 32 more frames can be read after it. */
  readAt(frames: number): number {
    return (this.#written - frames) & (this.#size - 1);
  }

  /** Call it after each block that was written. */
  advance(): void {
    if (this.#written < MIRRORED) this.samples.copyWithin(this.#size, 0, MIRRORED);
    this.#written = (this.#written + BLOCK_FRAMES) & (this.#size - 1);
  }
}
