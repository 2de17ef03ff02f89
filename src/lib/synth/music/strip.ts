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

/** One channel of the mixing desk: the notes that wait, the notes that sound, and their sum. */
export class Strip {
  readonly design: StripDesign;
  readonly left = new Float32Array(BLOCK_FRAMES);
  readonly right = new Float32Array(BLOCK_FRAMES);
  readonly gain: number;
  readonly #cache: ToneCache;
  readonly #random: Random;
  readonly #chorus: Chorus | undefined;
  #waiting: Waiting[] = [];
  #voices: Voice[] = [];
  #count = 0;
  #idleBlocks = 0;

  constructor(name: string, design: StripDesign, cache: ToneCache) {
    this.design = design;
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
    const isIdle =
      this.#voices.length === 0 && !((this.#waiting[0]?.frame ?? Infinity) < frame + BLOCK_FRAMES);
    // The chorus rings on for a few blocks.
    this.#idleBlocks = isIdle ? this.#idleBlocks + 1 : 0;
    if (this.#idleBlocks > 8) return false;
    this.left.fill(0);
    this.right.fill(0);
    let kept = 0;
    for (const voice of this.#voices)
      if (voice.add(this.left, this.right, frame, 0)) this.#voices[kept++] = voice;
    this.#voices.length = kept;
    this.#begin(frame);
    this.#chorus?.process(this.left, this.right, this.design.chorus);
    return true;
  }

  #begin(frame: number): void {
    let started = 0;
    for (const { frame: at, note, number } of this.#waiting) {
      if (at >= frame + BLOCK_FRAMES) break;
      started++;
      if (this.#voices.length >= MOST_VOICES) this.#voices.shift();
      const voice = this.#start(note, Math.max(at, frame), number);
      if (voice.add(this.left, this.right, frame, Math.max(0, at - frame))) this.#voices.push(voice);
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
