import type { Part, Score } from '#lib/job/score.ts';
import { RENDER_VERSION, type BlockReader, type RenderCache, type BlockWriter } from '../render-cache.ts';
import { findSeats } from './find-seats.ts';
import { findInstrument } from './instruments/instruments.ts';
import type { Note } from './note.ts';
import { InstrumentStrip, type InstrumentStripSettings } from './instrument-strip.ts';
import type { PartDesign } from './style.ts';
import { findStyle } from './styles/styles.ts';
import type { ToneCache } from './tone-cache.ts';

/** One part that is heard. */
export interface Seated {
  part: Part;
  design: PartDesign;
  /** Names its random streams. */
  seat: number;
  key: string;
}

/** The parts of a score that are heard, each with who plays it. */
export function seatedParts(score: Score): Seated[] {
  const { music, mood, seed, durationSeconds } = score;
  if (!music) return [];
  const { style: styleName, key: tonic, mode, tempoBpm, beatsPerBar, sections } = music;
  const plan = [styleName, tonic, mode, tempoBpm, beatsPerBar, sections];
  const style = findStyle(styleName);
  const designs = findSeats(style, music.parts);
  return music.parts.flatMap((part, index) => {
    const design = designs[index];
    if (!design || part.isMuted) return [];
    const seat = part.seat ?? index;
    const { role, instrument, pan } = part;
    const who = [role, instrument, pan, seat, style.parts.indexOf(design)];
    return [
      { part, design, seat, key: JSON.stringify([RENDER_VERSION, seed, mood, durationSeconds, plan, who]) },
    ];
  });
}

/** The sound of one part before its level and its rooms: played by its strip, or read from the shelf. */
export class PartTrack {
  readonly settings: InstrumentStripSettings;
  /** The block rendered last. */
  left: Float32Array;
  right: Float32Array;
  readonly gain: number;
  readonly #strip: InstrumentStrip;
  readonly #read: BlockReader | undefined;
  readonly #write: BlockWriter | undefined;

  constructor(name: string, { part, design, key }: Seated, tones: ToneCache, cache: RenderCache | undefined) {
    const { hall = 0, room = 0, echo = 0, chorus = 0, pump = 0 } = design;
    const instrument = findInstrument(part.instrument);
    this.#strip = new InstrumentStrip(
      name,
      { instrument, gainDb: part.gainDb, pan: part.pan, hall, room, echo, chorus, pump },
      tones,
    );
    ({ settings: this.settings, left: this.left, right: this.right, gain: this.gain } = this.#strip);
    this.#read = cache?.read(key);
    this.#write = this.#read ? undefined : cache?.write(key);
  }

  /** Whether somebody has to play: otherwise notes are not needed. */
  get isPlayed(): boolean {
    return this.#read === undefined;
  }

  /** Notes to come, in any order. */
  schedule(notes: readonly Note[]): void {
    this.#strip.schedule(notes);
  }

  /** Renders the block that begins at a frame into left and right; false when it is silent. */
  render(frame: number): boolean {
    if (this.#read) return this.#read(this.left, this.right);
    const isHeard = this.#strip.render(frame);
    ({ left: this.left, right: this.right } = this.#strip);
    this.#write?.(this.left, this.right, !isHeard);
    return isHeard;
  }
}
