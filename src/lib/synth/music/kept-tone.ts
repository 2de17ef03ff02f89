import { BLOCK_FRAMES } from '../dsp/sample-rate.ts';
import type { Tone } from './instruments/instrument.ts';

/** Frames of one piece of a kept tone, whole blocks. */
export const PIECE_FRAMES = 2048;

const LARGEST = 32_767;
const madeLeft = new Float32Array(PIECE_FRAMES);
const madeRight = new Float32Array(PIECE_FRAMES);

/** A stretch of a kept tone: 16-bit samples, to be multiplied by the scale of their side. A mono tone has one array. */
export interface TonePiece {
  left: Int16Array;
  right: Int16Array;
  scaleLeft: number;
  scaleRight: number;
}

/**
 * A tone that is kept: it is made only as far as somebody has listened, and can be played many times. Each piece has
 * its own scale, so that what fades keeps all of its 16 bits.
 */
export class KeptTone {
  readonly pieces: TonePiece[] = [];
  /** Frames made so far. */
  frames = 0;
  isComplete = false;
  /** What it takes in memory. */
  bytes = 0;
  readonly #tone: Tone;

  constructor(tone: Tone) {
    this.#tone = tone;
  }

  /** Makes the tone at least so long, if it lasts so long. */
  ensure(frames: number): void {
    while (this.frames < frames && !this.isComplete) this.#makePiece();
  }

  #makePiece(): void {
    const { sides } = this.#tone;
    madeLeft.fill(0);
    madeRight.fill(0);
    for (let at = 0; at < PIECE_FRAMES && !this.isComplete; at += BLOCK_FRAMES) {
      const end = at + BLOCK_FRAMES;
      this.isComplete = !this.#tone.render(madeLeft.subarray(at, end), madeRight.subarray(at, end));
      this.frames += BLOCK_FRAMES;
    }
    const left = packed(madeLeft);
    const right = sides ? left : packed(madeRight);
    const [levelLeft, levelRight] = sides ?? [1, 1];
    this.pieces.push({
      left: left.samples,
      right: right.samples,
      scaleLeft: left.scale * levelLeft,
      scaleRight: right.scale * levelRight,
    });
    this.bytes += sides ? 2 * PIECE_FRAMES : 4 * PIECE_FRAMES;
  }
}

function packed(made: Float32Array): { samples: Int16Array; scale: number } {
  let largest = 1e-9;
  for (let i = 0; i < PIECE_FRAMES; i++) {
    const x = made[i]!;
    const size = x < 0 ? -x : x;
    if (size > largest) largest = size;
  }
  const samples = new Int16Array(PIECE_FRAMES);
  const up = LARGEST / largest;
  // Whole numbers are cut off towards zero, so they are made positive for rounding.
  for (let i = 0; i < PIECE_FRAMES; i++) samples[i] = ((made[i]! * up + 32_768.5) | 0) - 32_768;
  return { samples, scale: largest / LARGEST };
}
