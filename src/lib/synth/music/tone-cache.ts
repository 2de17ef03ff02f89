import { midiToHertz } from '../dsp/maths.ts';
import { random } from '../dsp/random.ts';
import type { Instrument } from './instruments/instrument.ts';
import { KeptTone } from './kept-tone.ts';

/** Tones that are made again and again cost far more time than room. */
const MOST_BYTES = 32 << 20;

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
