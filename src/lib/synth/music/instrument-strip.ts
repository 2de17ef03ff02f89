import { newBlock } from '../dsp/blocks.ts';
import { Chorus } from '../dsp/chorus.ts';
import { decibelsToGain } from '../dsp/maths.ts';
import { random, type Random } from '../dsp/random.ts';
import { BLOCK_FRAMES, SAMPLE_RATE } from '../dsp/sample-rate.ts';
import { midiToHertz } from '../dsp/maths.ts';
import type { Instrument } from './instruments/instrument.ts';
import type { Note } from './note.ts';
import type { ToneCache } from './tone-cache.ts';
import { Voice } from './voice.ts';

/** What an instrument strip plays and where it stands in the mix. */
export interface InstrumentStripSettings {
  instrument: Instrument;
  gainDb: number;
  /** -1 left … 1 right. */
  pan: number;
  /** Levels of the sends to the two reverbs and the echo, linear. */
  hall: number;
  room: number;
  echo: number;
  /** Wet level of the chorus, linear; 0 for none. */
  chorus: number;
  /** Depth of the ducking on every beat, 0 … 1. */
  pump: number;
}

interface ScheduledNote {
  frame: number;
  note: Note;
  number: number;
}

const MAX_VOICES = 40;
/**
 * Blocks that a voice renders in one go, since its samples lie together in memory and those of the next voice
 * elsewhere.
 */
const BLOCKS_AT_ONCE = 4;

/**
 * A channel strip with a software instrument: schedules notes, allocates voices (at most 40, the oldest is stolen) and
 * sums them. Blocks are rendered in order; a note must be scheduled at least four blocks before it begins.
 */
export class InstrumentStrip {
  readonly settings: InstrumentStripSettings;
  /** The block rendered last. */
  left: Float32Array;
  right: Float32Array;
  readonly gain: number;
  readonly #lefts = blocks();
  readonly #rights = blocks();
  readonly #cache: ToneCache;
  readonly #random: Random;
  readonly #chorus: Chorus | undefined;
  #scheduled: ScheduledNote[] = [];
  #voices: Voice[] = [];
  #count = 0;
  /** How many groups of blocks in a row had nothing to play. */
  #idleTimes = Infinity;

  constructor(name: string, settings: InstrumentStripSettings, cache: ToneCache) {
    this.settings = settings;
    this.left = this.#lefts[0]!;
    this.right = this.#rights[0]!;
    this.gain = decibelsToGain(settings.gainDb);
    this.#cache = cache;
    this.#random = random(name);
    this.#chorus = settings.chorus > 0 ? new Chorus(0.7, 0.31) : undefined;
  }

  /** Adds notes, in any order. */
  schedule(notes: readonly Note[]): void {
    for (const note of notes) {
      this.#scheduled.push({ frame: Math.round(note.atSeconds * SAMPLE_RATE), note, number: this.#count++ });
    }
    this.#scheduled.sort((a, b) => a.frame - b.frame || a.number - b.number);
  }

  /** Renders the block that begins at a frame into `left` and `right`; false when it is silent. */
  render(frame: number): boolean {
    const block = (frame / BLOCK_FRAMES) % BLOCKS_AT_ONCE;
    if (block === 0) this.#renderAhead(frame);
    this.left = this.#lefts[block]!;
    this.right = this.#rights[block]!;
    return this.#idleTimes < 3;
  }

  #renderAhead(frame: number): void {
    const end = frame + BLOCKS_AT_ONCE * BLOCK_FRAMES;
    const isIdle = this.#voices.length === 0 && !((this.#scheduled[0]?.frame ?? Infinity) < end);
    // The delay lines of the chorus empty after two more groups.
    this.#idleTimes = isIdle ? this.#idleTimes + 1 : 0;
    if (this.#idleTimes >= 3) return;
    for (const side of this.#lefts) side.fill(0);
    for (const side of this.#rights) side.fill(0);
    let kept = 0;
    for (const voice of this.#voices) if (this.#play(voice, frame, frame)) this.#voices[kept++] = voice;
    this.#voices.length = kept;
    this.#begin(frame, end);
    if (!this.#chorus) return;
    for (const [k, left] of this.#lefts.entries())
      this.#chorus.process(left, this.#rights[k]!, this.settings.chorus);
  }

  /** Renders a voice from frame `at` to the end of the blocks; false when it ends before. */
  #play(voice: Voice, frame: number, at: number): boolean {
    let from = at - frame;
    for (let k = Math.floor(from / BLOCK_FRAMES); k < BLOCKS_AT_ONCE; k++) {
      const start = k * BLOCK_FRAMES;
      if (!voice.add(this.#lefts[k]!, this.#rights[k]!, frame + start, Math.max(0, from - start)))
        return false;
      from = start;
    }
    return true;
  }

  #begin(frame: number, end: number): void {
    let started = 0;
    for (const { frame: at, note, number } of this.#scheduled) {
      if (at >= end) break;
      started++;
      if (this.#voices.length >= MAX_VOICES) this.#voices.shift();
      const voice = this.#start(note, Math.max(at, frame), number);
      if (this.#play(voice, frame, Math.max(at, frame))) this.#voices.push(voice);
    }
    if (started > 0) this.#scheduled = this.#scheduled.slice(started);
  }

  #start(note: Note, frame: number, number: number): Voice {
    const { instrument } = this.settings;
    let midi = Math.round(note.midi);
    while (midi < instrument.lowest) midi += 12;
    while (midi > instrument.highest) midi -= 12;
    const { velocity } = note;
    const gain = instrument.gain * velocity * (0.3 + 0.7 * velocity);
    const pan = Math.max(-1, Math.min(1, this.settings.pan + (note.pan ?? 0)));
    const release = frame + Math.round(note.durationSeconds * SAMPLE_RATE);
    const source = instrument.isLive
      ? instrument.start({
          midi,
          hertz: midiToHertz(midi),
          velocity,
          seconds: note.durationSeconds,
          random: this.#random.fork(number),
        })
      : this.#cache.get(instrument, midi, velocity, number);
    return new Voice(source, instrument, gain, pan, release);
  }
}

function blocks(): Float32Array[] {
  return Array.from({ length: BLOCKS_AT_ONCE }, newBlock);
}
