import { Chorus } from '../dsp/chorus.ts';
import { decibelsToGain } from '../dsp/maths.ts';
import { random, type Random } from '../dsp/random.ts';
import { BLOCK_FRAMES, SAMPLE_RATE } from '../dsp/sample-rate.ts';
import { midiToHertz } from '../dsp/maths.ts';
import type { Instrument } from './instruments/instrument.ts';
import type { Note } from './note.ts';
import type { ToneCache } from './tone-cache.ts';
import { Voice } from './voice.ts';

/** Where one instrument stands in the mix. */
export interface StripDesign {
  instrument: Instrument;
  gainDb: number;
  pan: number;
  hall: number;
  room: number;
  echo: number;
  chorus: number;
  pump: number;
}

interface Waiting {
  frame: number;
  note: Note;
  number: number;
}

const MOST_VOICES = 40;
/** Blocks that a voice plays in one go: what it reads lies together in memory, and the next voice's lies elsewhere. */
const BLOCKS_AT_ONCE = 4;

/**
 * One channel of the mixing desk: the notes that wait, the notes that sound, and their sum. Ask for blocks in order;
 * notes have to be known four blocks before they sound.
 */
export class Strip {
  readonly design: StripDesign;
  /** The block rendered last. */
  left: Float32Array;
  right: Float32Array;
  readonly gain: number;
  readonly #lefts = blocks();
  readonly #rights = blocks();
  readonly #cache: ToneCache;
  readonly #random: Random;
  readonly #chorus: Chorus | undefined;
  #waiting: Waiting[] = [];
  #voices: Voice[] = [];
  #count = 0;
  /** How many times in a row there was nothing to play. */
  #idleTimes = Infinity;

  constructor(name: string, design: StripDesign, cache: ToneCache) {
    this.design = design;
    this.left = this.#lefts[0]!;
    this.right = this.#rights[0]!;
    this.gain = decibelsToGain(design.gainDb);
    this.#cache = cache;
    this.#random = random(name);
    this.#chorus = design.chorus > 0 ? new Chorus(0.7, 0.31) : undefined;
  }

  /** Notes to come, in any order. */
  schedule(notes: readonly Note[]): void {
    for (const note of notes) {
      this.#waiting.push({ frame: Math.round(note.atSeconds * SAMPLE_RATE), note, number: this.#count++ });
    }
    this.#waiting.sort((a, b) => a.frame - b.frame || a.number - b.number);
  }

  /** Renders the block that begins at a frame into left and right; false when the strip is silent. */
  render(frame: number): boolean {
    const block = (frame / BLOCK_FRAMES) % BLOCKS_AT_ONCE;
    if (block === 0) this.#renderAhead(frame);
    this.left = this.#lefts[block]!;
    this.right = this.#rights[block]!;
    return this.#idleTimes < 3;
  }

  #renderAhead(frame: number): void {
    const end = frame + BLOCKS_AT_ONCE * BLOCK_FRAMES;
    const isIdle = this.#voices.length === 0 && !((this.#waiting[0]?.frame ?? Infinity) < end);
    // The chorus rings on for a while.
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
      this.#chorus.process(left, this.#rights[k]!, this.design.chorus);
  }

  /** Plays a voice that begins or goes on at a frame to the end of the blocks; false when it is over before. */
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
    for (const { frame: at, note, number } of this.#waiting) {
      if (at >= end) break;
      started++;
      if (this.#voices.length >= MOST_VOICES) this.#voices.shift();
      const voice = this.#start(note, Math.max(at, frame), number);
      if (this.#play(voice, frame, Math.max(at, frame))) this.#voices.push(voice);
    }
    if (started > 0) this.#waiting = this.#waiting.slice(started);
  }

  #start(note: Note, frame: number, number: number): Voice {
    const { instrument } = this.design;
    let midi = Math.round(note.midi);
    while (midi < instrument.lowest) midi += 12;
    while (midi > instrument.highest) midi -= 12;
    const { velocity } = note;
    const gain = instrument.gain * velocity * (0.3 + 0.7 * velocity);
    const pan = Math.max(-1, Math.min(1, this.design.pan + (note.pan ?? 0)));
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
  return Array.from({ length: BLOCKS_AT_ONCE }, () => new Float32Array(BLOCK_FRAMES));
}
