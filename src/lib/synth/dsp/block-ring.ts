import { BLOCK_FRAMES } from './sample-rate.ts';

/** What is there twice: a block from any frame on and a few frames more lie in one piece. */
const MIRRORED = BLOCK_FRAMES + 32;

/**
 * A ring of samples for delays longer than a block. Every block, written or read, lies in one piece, so loops need not
 * look for the seam. Whole blocks only.
 */
export class BlockRing {
  readonly samples: Float32Array;
  readonly #size: number;
  #written = 0;

  constructor(longestFrames: number) {
    let size = 2 * BLOCK_FRAMES;
    while (size < longestFrames + BLOCK_FRAMES + 32) size *= 2;
    this.#size = size;
    this.samples = new Float32Array(size + MIRRORED);
  }

  /** Where the next block is to be written. */
  get writeAt(): number {
    return this.#written;
  }

  /** Where the block lies that is `frames` older than the one to be written next; 32 frames more can be read. */
  readAt(frames: number): number {
    return (this.#written - frames) & (this.#size - 1);
  }

  /** Says that a block has been written. */
  advance(): void {
    if (this.#written < MIRRORED) this.samples.copyWithin(this.#size, 0, MIRRORED);
    this.#written = (this.#written + BLOCK_FRAMES) & (this.#size - 1);
  }
}
