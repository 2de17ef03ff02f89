import { addStereo, newBlock } from '../dsp/blocks.ts';
import { exp, panGains } from '../dsp/maths.ts';
import { BLOCK_FRAMES, SAMPLE_RATE } from '../dsp/sample-rate.ts';
import type { Instrument, Tone } from './instruments/instrument.ts';
import { CachedTone, PIECE_FRAMES, type TonePiece } from './tone-cache.ts';

const liveLeft = newBlock();
const liveRight = newBlock();
/** Level relative to its start (-60 dB) at which a released note ends. */
const SILENT = 1e-3;

/** One sounding note: plays a cached tone, or renders a live one, and fades after its release. */
export class Voice {
  readonly #source: CachedTone | Tone;
  readonly #left: number;
  readonly #right: number;
  readonly #releaseFrame: number;
  readonly #fade: number;
  #position = 0;
  #level = 1;

  constructor(
    source: CachedTone | Tone,
    instrument: Instrument,
    gain: number,
    pan: number,
    releaseFrame: number,
  ) {
    this.#source = source;
    const [left, right] = panGains(pan);
    this.#left = gain * left * Math.SQRT2;
    this.#right = gain * right * Math.SQRT2;
    this.#releaseFrame = releaseFrame;
    this.#fade =
      instrument.releaseSeconds > 8 ? 1 : exp(-BLOCK_FRAMES / (instrument.releaseSeconds * SAMPLE_RATE));
  }

  /**
   * Adds one block that begins at a frame of the music; a cached tone may begin `from` frames into it.
   * False when the note is over.
   */
  add(left: Float32Array, right: Float32Array, frame: number, from: number): boolean {
    const level = this.#level;
    const faded = frame >= this.#releaseFrame ? level * this.#fade : level;
    const to = faded > SILENT ? faded : 0;
    this.#level = to;
    if (this.#source instanceof CachedTone)
      return this.#addCached(this.#source, left, right, from, level, to);
    const source = this.#source;
    const l = this.#left;
    const r = this.#right;
    if (source.renderAt) return source.renderAt(left, right, l * level, r * level, l * to, r * to) && to > 0;
    liveLeft.fill(0);
    liveRight.fill(0);
    const hasMore = source.render(liveLeft, liveRight);
    addStereo(left, right, liveLeft, liveRight, l * level, r * level, 0, BLOCK_FRAMES, l * to, r * to);
    return hasMore && to > 0;
  }

  #addCached(
    tone: CachedTone,
    left: Float32Array,
    right: Float32Array,
    from: number,
    level: number,
    to: number,
  ): boolean {
    const wanted = this.#position + BLOCK_FRAMES - from;
    tone.ensure(wanted);
    const end = Math.min(BLOCK_FRAMES, from + tone.frames - this.#position);
    const step = (to - level) / BLOCK_FRAMES;
    const gainLeft = this.#left;
    const gainRight = this.#right;
    for (let i = from; i < end;) {
      const position = this.#position + i - from;
      const piece = (position / PIECE_FRAMES) | 0;
      const start = position & (PIECE_FRAMES - 1);
      const stop = Math.min(end, i + PIECE_FRAMES - start);
      addPiece(left, right, tone.pieces[piece]!, start, i, stop, gainLeft, gainRight, level + step * i, step);
      i = stop;
    }
    this.#position += end - from;
    return to > 0 && (!tone.isComplete || this.#position < tone.frames);
  }
}

/** Adds frames of a piece, from `start` on, to the frames [from … to) at gains times a level that is ramped. */
function addPiece(
  outLeft: Float32Array,
  outRight: Float32Array,
  { left, right, scaleLeft, scaleRight }: TonePiece,
  start: number,
  from: number,
  to: number,
  gainLeft: number,
  gainRight: number,
  level: number,
  step: number,
): void {
  const stepLeft = gainLeft * scaleLeft * step;
  const stepRight = gainRight * scaleRight * step;
  let l = gainLeft * scaleLeft * level;
  let r = gainRight * scaleRight * level;
  // Both are integers already; `| 0` lets the compiler use integer arithmetic.
  const shift = (start - from) | 0;
  const end = to | 0;
  for (let i = from | 0; i < end; i++) {
    outLeft[i] = outLeft[i]! + left[i + shift]! * l;
    outRight[i] = outRight[i]! + right[i + shift]! * r;
    l += stepLeft;
    r += stepRight;
  }
}
