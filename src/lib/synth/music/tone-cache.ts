import { midiToHertz } from '../dsp/maths.ts';
import { random } from '../dsp/random.ts';
import { BLOCK_FRAMES } from '../dsp/sample-rate.ts';
import type { Instrument, Tone } from './instruments/instrument.ts';

/** Frames of one piece of a kept tone. */
export const PIECE_FRAMES = 8192;

/** A tone that is kept: it is made only as far as somebody has listened, and can be played many times. */
export class KeptTone {
  /** Left and right in pieces of 8192 frames, so that growing copies nothing. */
  readonly left: Float32Array[] = [];
  readonly right: Float32Array[] = [];
  /** Frames made so far. */
  frames = 0;
  isComplete = false;
  readonly #tone: Tone;

  constructor(tone: Tone) {
    this.#tone = tone;
  }

  get bytes(): number {
    return this.left.length * PIECE_FRAMES * 8;
  }

  /** Makes the tone at least so long, if it lasts so long. */
  ensure(frames: number): void {
    while (this.frames < frames && !this.isComplete) {
      const start = this.frames % PIECE_FRAMES;
      if (start === 0) {
        this.left.push(new Float32Array(PIECE_FRAMES));
        this.right.push(new Float32Array(PIECE_FRAMES));
      }
      const end = start + BLOCK_FRAMES;
      const left = this.left[this.left.length - 1]!.subarray(start, end);
      const right = this.right[this.right.length - 1]!.subarray(start, end);
      this.isComplete = !this.#tone.render(left, right);
      this.frames += BLOCK_FRAMES;
    }
  }
}

const MOST_BYTES = 24 * 1024 * 1024;

/** Keeps the tones played last; a tone that was dropped is made again with the same samples. */
export class ToneCache {
  readonly #tones = new Map<string, KeptTone>();

  get(instrument: Instrument, midi: number, velocity: number, variation: number): KeptTone {
    const layer = Math.min(instrument.layers - 1, Math.floor(velocity * instrument.layers));
    const key = `${instrument.name}/${midi}/${layer}/${variation % instrument.variations}`;
    let tone = this.#tones.get(key);
    if (tone) this.#tones.delete(key);
    else {
      const request = {
        midi,
        hertz: midiToHertz(midi),
        velocity: (layer + 0.6) / instrument.layers,
        seconds: 8,
        random: random(`tone/${key}`),
      };
      tone = new KeptTone(instrument.start(request));
      this.#evict();
    }
    this.#tones.set(key, tone);
    return tone;
  }

  /** Forgets the tones not played for longest; a Map keeps the order of use. */
  #evict(): void {
    let bytes = 0;
    for (const tone of this.#tones.values()) bytes += tone.bytes;
    for (const [key, tone] of this.#tones) {
      if (bytes < MOST_BYTES) return;
      bytes -= tone.bytes;
      this.#tones.delete(key);
    }
  }
}
