import type { BlockReader, BlockWriter, RenderCache } from '../render-cache.ts';
import type { AudiblePart } from './audible-parts.ts';
import { InstrumentStrip, type InstrumentStripSettings } from './instrument-strip.ts';
import { findInstrument } from './instruments/instruments.ts';
import type { Note } from './note.ts';
import type { PartDesign } from './style.ts';
import type { ToneCache } from './tone-cache.ts';

/** Renders one part, before its level and its sends: read from the cache, or played by an instrument strip. */
export class PartRenderer {
  readonly design: PartDesign;
  readonly seat: number;
  readonly settings: InstrumentStripSettings;
  /** The block rendered last. */
  left: Float32Array;
  right: Float32Array;
  /** Linear gain at which the mixer adds the part. */
  readonly gain: number;
  readonly #strip: InstrumentStrip;
  readonly #read: BlockReader | undefined;
  readonly #write: BlockWriter | undefined;

  /** @param name Name of the random stream of its strip. */
  constructor(name: string, { part, design, seat, key }: AudiblePart, tones: ToneCache, cache?: RenderCache) {
    const { hall = 0, room = 0, echo = 0, chorus = 0, pump = 0 } = design;
    const instrument = findInstrument(part.instrument);
    this.design = design;
    this.seat = seat;
    this.#strip = new InstrumentStrip(
      name,
      { instrument, gainDb: part.gainDb, pan: part.pan, hall, room, echo, chorus, pump },
      tones,
    );
    ({ settings: this.settings, left: this.left, right: this.right, gain: this.gain } = this.#strip);
    this.#read = cache?.read(key);
    this.#write = this.#read ? undefined : cache?.write(key);
  }

  /** False when the part is read from the cache and needs no notes. */
  get needsNotes(): boolean {
    return this.#read === undefined;
  }

  /** Adds notes, in any order. */
  schedule(notes: readonly Note[]): void {
    this.#strip.schedule(notes);
  }

  /** Renders the block that begins at a frame into `left` and `right`; false when it is silent. */
  render(frame: number): boolean {
    if (this.#read) return this.#read(this.left, this.right);
    const hasSound = this.#strip.render(frame);
    ({ left: this.left, right: this.right } = this.#strip);
    this.#write?.(this.left, this.right, !hasSound);
    return hasSound;
  }
}
