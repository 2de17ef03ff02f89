import { midiToHertz } from '../dsp/maths.ts';
import { random } from '../dsp/random.ts';
import { BLOCK_FRAMES } from '../dsp/sample-rate.ts';
import type { Instrument, Tone } from './instruments/instrument.ts';

/** A tone that is kept: it is made only as far as somebody has listened, and can be played many times. */
export class KeptTone {
  left = new Float32Array(8192);
  right = new Float32Array(8192);
  /** Frames made so far. */
  frames = 0;
  isComplete = false;
  readonly #tone: Tone;

  constructor(tone: Tone) {
    this.#tone = tone;
  }

  /** Makes the tone at least so long, if it lasts so long. */
  ensure(frames: number): void {
    while (this.frames < frames && !this.isComplete) {
      if (this.frames + BLOCK_FRAMES > this.left.length) this.#grow();
      const end = this.frames + BLOCK_FRAMES;
      this.isComplete = !this.#tone.render(
        this.left.subarray(this.frames, end),
        this.right.subarray(this.frames, end),
      );
      this.frames = end;
    }
  }

  #grow(): void {
    const left = new Float32Array(this.left.length * 2);
    const right = new Float32Array(this.right.length * 2);
    left.set(this.left);
    right.set(this.right);
    this.left = left;
    this.right = right;
  }
}

const MOST_BYTES = 16 * 1024 * 1024;

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
    for (const tone of this.#tones.values()) bytes += tone.left.byteLength * 2;
    for (const [key, tone] of this.#tones) {
      if (bytes < MOST_BYTES) return;
      bytes -= tone.left.byteLength * 2;
      this.#tones.delete(key);
    }
  }
}
