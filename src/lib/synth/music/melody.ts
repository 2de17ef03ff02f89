import { clamp } from '../dsp/maths.ts';
import type { Random } from '../dsp/random.ts';
import type { Bar } from './bar.ts';
import type { Chord } from './theory/chord.ts';
import { pitchClass } from './theory/pitch.ts';

/** Parameters of a style's melodies. */
export interface MelodyDesign {
  /** Rhythms of two bars: lengths of notes in beats, negative for rests. */
  rhythms: readonly (readonly number[])[];
  /** Range, MIDI numbers. */
  lowest: number;
  highest: number;
  /** Where phrases start, MIDI number. */
  centre: number;
  /** Chance of a leap instead of a step, 0 … 1. */
  leaps: number;
  /** Chance that a phrase is left out, 0 … 1. */
  rests: number;
}

/** A note of a melody; `beat` counts from the start of its bar. */
export interface TuneNote {
  beat: number;
  beats: number;
  midi: number;
  velocity: number;
}

interface Motif {
  rhythm: readonly number[];
  /** Scale steps from the anchor, one per note. */
  contour: readonly number[];
}

/**
 * Which of the two motifs the first and the second bar of a pair take, for the first and the second pair of bars; one
 * row per kind of section. The second pair varies or answers the first.
 */
const SENTENCES = [
  [
    [0, 0],
    [0, 1],
  ],
  [
    [0, 0],
    [1, 1],
  ],
  [
    [1, 1],
    [1, 0],
  ],
  [
    [0, 1],
    [0, 0],
  ],
] as const;

/**
 * Composes melodies as sentences (in the sense of musical form): a motif, its answer over the next chord, a contrasting
 * motif, and a cadence. All sections share two motifs, so they are recognised.
 */
export class MelodyWriter {
  readonly #design: MelodyDesign;
  readonly #random: Random;
  readonly #tonic: number;
  readonly #scale: readonly number[];
  readonly #beatsPerBar: number;
  readonly #motifs: readonly Motif[];
  #last: number;

  constructor(
    design: MelodyDesign,
    random: Random,
    tonic: number,
    scale: readonly number[],
    beatsPerBar: number,
  ) {
    this.#design = design;
    this.#random = random;
    this.#tonic = tonic;
    this.#scale = scale;
    this.#beatsPerBar = beatsPerBar;
    this.#last = design.centre;
    this.#motifs = [this.#inventMotif('a'), this.#inventMotif('b')];
  }

  /** The notes that begin in a bar; bars are composed in order. */
  tune(bar: Bar): TuneNote[] {
    if (bar.isEnding) return this.#close(bar);
    const unit = bar.barInSection >> 1;
    const phrase = bar.sectionIndex * 64 + (unit >> 1);
    const random = this.#random.fork(
      bar.variation ? `phrase/${phrase}/${bar.variation}` : `phrase/${phrase}`,
    );
    if (bar.intensity < 0.75 && random.chance(this.#design.rests)) return [];
    const pair = SENTENCES[bar.sectionIndex % SENTENCES.length]![unit % 2]!;
    const motif = this.#motifsOf(bar.variation)[pair[bar.barInSection & 1]!]!;
    const isLast = bar.barInSection === bar.barsInSection - 1 && bar.barsInSection > 1;
    // In scale steps: the answer lies a little higher, the contrast highest, the cadence returns.
    const lift = [0, 1, 3, 0][unit % 4]! + (bar.intensity > 0.7 ? 1 : 0);
    return this.#realise(bar, motif, lift, isLast, random);
  }

  /** The motifs of the piece; a section that is played another way has its own. */
  #motifsOf(variation: number): readonly Motif[] {
    return variation === 0
      ? this.#motifs
      : [this.#inventMotif(`a/${variation}`), this.#inventMotif(`b/${variation}`)];
  }

  #inventMotif(name: string): Motif {
    const random = this.#random.fork(`motif/${name}`);
    const rhythm = fitRhythm(random.pick(this.#design.rhythms), this.#beatsPerBar * 2);
    const contour: number[] = [];
    let position = random.pick([0, 0, 2]);
    let lastMove = 0;
    const rises = random.chance(0.6);
    rhythm.forEach((_, k) => {
      contour.push(position);
      const half = k < rhythm.length / 2;
      // A leap is answered by a step back (the gap-fill rule of counterpoint).
      if (Math.abs(lastMove) > 2) lastMove = lastMove > 0 ? -1 : 1;
      else if (random.chance(this.#design.leaps)) lastMove = (half === rises ? 1 : -1) * random.integer(2, 4);
      else lastMove = random.chance(0.68) === (half === rises) ? 1 : random.chance(0.2) ? 0 : -1;
      position = clamp(position + lastMove, -4, 6);
    });
    return { rhythm, contour };
  }

  #realise(bar: Bar, motif: Motif, lift: number, isLast: boolean, random: Random): TuneNote[] {
    const pitches = this.#scalePitches(bar.chord);
    const anchor = nearestIndex(pitches, this.#design.centre + lift * 1.7, (midi) =>
      isChordTone(bar.chord, midi),
    );
    const start = (bar.barInSection & 1) * this.#beatsPerBar;
    const notes: TuneNote[] = [];
    let beat = 0;
    motif.rhythm.forEach((length, k) => {
      const here = beat - start;
      const beats = Math.abs(length);
      beat += beats;
      if (length < 0 || here < 0 || here >= Math.min(this.#beatsPerBar, bar.beats)) return;
      const isStrong = here % 2 === 0 || beats >= 1.5;
      const wanted = pitches[clamp(anchor + motif.contour[k]!, 0, pitches.length - 1)]!;
      const midi = this.#settle(pitches, wanted, isStrong ? bar.chord : undefined);
      const velocity = (isStrong ? 0.66 : 0.54) + 0.14 * bar.intensity + random.between(-0.04, 0.04);
      notes.push({ beat: here, beats, midi, velocity });
    });
    const final = notes[notes.length - 1];
    if (isLast && final) {
      final.midi = this.#settle(pitches, final.midi, bar.chord);
      final.beats = Math.max(final.beats, bar.beats - final.beat);
    } else if (bar.intensity > 0.6) this.#ornament(notes, pitches, random);
    return notes;
  }

  /**
   * The pitch of the scale (and of the chord, if one is given) nearest to the wanted one, moved by an octave where it
   * would be more than a major sixth from the note before. MIDI numbers.
   */
  #settle(pitches: readonly number[], wanted: number, chord: Chord | undefined): number {
    let midi = pitches[nearestIndex(pitches, wanted, (m) => !chord || isChordTone(chord, m))]!;
    if (midi - this.#last > 9 && midi - 12 >= this.#design.lowest) midi -= 12;
    if (this.#last - midi > 9 && midi + 12 <= this.#design.highest) midi += 12;
    this.#last = midi;
    return midi;
  }

  /** Splits a long note into itself and its upper neighbour. */
  #ornament(notes: TuneNote[], pitches: readonly number[], random: Random): void {
    const k = notes.findIndex((note) => note.beats >= 1 && note.beats < 3);
    const note = notes[k];
    if (!note || !random.chance(0.45)) return;
    const neighbour = pitches[clamp(pitches.indexOf(note.midi) + 1, 0, pitches.length - 1)]!;
    const half = note.beats / 2;
    notes.splice(
      k,
      1,
      { ...note, beats: half },
      { beat: note.beat + half, beats: half, midi: neighbour, velocity: note.velocity - 0.1 },
    );
  }

  #close(bar: Bar): TuneNote[] {
    const pitches = this.#scalePitches(bar.chord);
    const midi = pitches[nearestIndex(pitches, this.#last, (m) => pitchClass(m - this.#tonic) === 0)]!;
    return [{ beat: 0, beats: bar.beats, midi, velocity: 0.62 }];
  }

  /** The pitches of the scale within the range, with tones of the chord in place of neighbouring scale tones. */
  #scalePitches(chord: Chord): number[] {
    const steps = new Set(this.#scale.map((step) => pitchClass(this.#tonic + step)));
    for (const pitch of chord.pitches) {
      if (steps.has(pitch)) continue;
      for (const neighbour of [pitch + 1, pitch - 1]) {
        if (!chord.pitches.includes(pitchClass(neighbour))) steps.delete(pitchClass(neighbour));
      }
      steps.add(pitch);
    }
    const pitches: number[] = [];
    for (let midi = this.#design.lowest; midi <= this.#design.highest; midi++) {
      if (steps.has(pitchClass(midi))) pitches.push(midi);
    }
    return pitches;
  }
}

function isChordTone(chord: Chord, midi: number): boolean {
  return chord.pitches.includes(pitchClass(midi));
}

function nearestIndex(
  pitches: readonly number[],
  midi: number,
  isAllowed: (midi: number) => boolean,
): number {
  let best = 0;
  let distance = Infinity;
  pitches.forEach((candidate, i) => {
    const d = Math.abs(candidate - midi);
    if (d < distance && isAllowed(candidate)) {
      distance = d;
      best = i;
    }
  });
  return best;
}

/** Cuts a rhythm to a length in beats, or fills it up with a rest. */
function fitRhythm(rhythm: readonly number[], beats: number): number[] {
  const fitted: number[] = [];
  let left = beats;
  for (const length of rhythm) {
    if (left <= 0) break;
    const size = Math.min(Math.abs(length), left);
    fitted.push(length < 0 ? -size : size);
    left -= size;
  }
  if (left > 0) fitted.push(-left);
  return fitted;
}
