import { midiToHertz } from '../dsp/maths.ts';
import { random } from '../dsp/random.ts';
import { BLOCK_FRAMES } from '../dsp/sample-rate.ts';
import type { Instrument, Tone } from './instruments/instrument.ts';

/** Frames of one piece of a cached tone: a whole number of blocks. */
export const PIECE_FRAMES = 2048;

const FULL_SCALE = 32_767;
const renderedLeft = new Float32Array(PIECE_FRAMES);
const renderedRight = new Float32Array(PIECE_FRAMES);

/** A piece of a cached tone: 16-bit samples, to be multiplied by the scale of their side. A mono tone has one array. */
export interface TonePiece {
  left: Int16Array;
  right: Int16Array;
  scaleLeft: number;
  scaleRight: number;
}

/**
 * A tone in memory: it is rendered only as far as it has been played, and any number of voices can read it. Each piece
 * has its own scale, so that a decaying tone keeps a resolution of 16 bits.
 */
export class CachedTone {
  readonly pieces: TonePiece[] = [];
  /** Frames rendered so far. */
  frames = 0;
  isComplete = false;
  /** Bytes that it takes in memory. */
  bytes = 0;
  readonly #tone: Tone;

  constructor(tone: Tone) {
    this.#tone = tone;
  }

  /** Renders the tone up to a frame, or to its end if that comes first. */
  ensure(frames: number): void {
    while (this.frames < frames && !this.isComplete) this.#renderPiece();
  }

  #renderPiece(): void {
    const { monoLevels } = this.#tone;
    renderedLeft.fill(0);
    renderedRight.fill(0);
    for (let at = 0; at < PIECE_FRAMES && !this.isComplete; at += BLOCK_FRAMES) {
      const end = at + BLOCK_FRAMES;
      this.isComplete = !this.#tone.render(renderedLeft.subarray(at, end), renderedRight.subarray(at, end));
      this.frames += BLOCK_FRAMES;
    }
    const left = packed(renderedLeft);
    const right = monoLevels ? left : packed(renderedRight);
    const [levelLeft, levelRight] = monoLevels ?? [1, 1];
    this.pieces.push({
      left: left.samples,
      right: right.samples,
      scaleLeft: left.scale * levelLeft,
      scaleRight: right.scale * levelRight,
    });
    this.bytes += monoLevels ? 2 * PIECE_FRAMES : 4 * PIECE_FRAMES;
  }
}

function packed(rendered: Float32Array): { samples: Int16Array; scale: number } {
  let largest = 1e-9;
  for (let i = 0; i < PIECE_FRAMES; i++) {
    const x = rendered[i]!;
    const size = x < 0 ? -x : x;
    if (size > largest) largest = size;
  }
  const samples = new Int16Array(PIECE_FRAMES);
  const up = FULL_SCALE / largest;
  // `| 0` truncates towards zero: the offset makes the value positive, so that it rounds to the nearest.
  for (let i = 0; i < PIECE_FRAMES; i++) samples[i] = ((rendered[i]! * up + 32_768.5) | 0) - 32_768;
  return { samples, scale: largest / FULL_SCALE };
}

/** What the tones take at most; rendering them again costs far more time than this memory is worth. */
const MAX_BYTES = 32 << 20;

/** A cache of the tones played last (LRU). A tone that was evicted is rendered again with the same samples. */
export class ToneCache {
  readonly #tones = new Map<string, CachedTone>();

  /** The tone for a note. @param count How many notes the strip has played before: selects the round robin. */
  get(instrument: Instrument, midi: number, velocity: number, count: number): CachedTone {
    const layer = Math.min(instrument.velocityLayers - 1, Math.floor(velocity * instrument.velocityLayers));
    const key = `${instrument.name}/${midi}/${layer}/${count % instrument.roundRobins}`;
    let tone = this.#tones.get(key);
    if (tone) this.#tones.delete(key);
    else {
      const request = {
        midi,
        hertz: midiToHertz(midi),
        velocity: (layer + 0.6) / instrument.velocityLayers,
        seconds: 8,
        random: random(`tone/${key}`),
      };
      tone = new CachedTone(instrument.start(request));
      this.#evict();
    }
    this.#tones.set(key, tone);
    return tone;
  }

  /** Removes the least recently used tones; the order of the Map is the order of use. */
  #evict(): void {
    let bytes = 0;
    for (const tone of this.#tones.values()) bytes += tone.bytes;
    for (const [key, tone] of this.#tones) {
      if (bytes < MAX_BYTES) return;
      bytes -= tone.bytes;
      this.#tones.delete(key);
    }
  }
}
