import type { Score } from '#lib/job/score.ts';
import { random, type Random } from '../dsp/random.ts';
import { barsOf, type Bar } from './bar.ts';
import { MelodyWriter, type TuneNote } from './melody.ts';
import type { Note } from './note.ts';
import { withPickup } from './pickup.ts';
import type { BarContext } from './player.ts';
import type { PartDesign, Style } from './style.ts';
import { parsePitch } from './theory/pitch.ts';
import { scaleSteps } from './theory/scale.ts';
import { leadVoices, type VoicingShape } from './theory/voice-leading.ts';

/** Composes the notes of a score bar by bar, so that memory does not grow with the duration. */
export class Composer {
  readonly bars: readonly Bar[];
  readonly #style: Style;
  readonly #arousal: number;
  readonly #random: Random;
  readonly #melody: MelodyWriter;
  readonly #voicing: VoicingShape;
  readonly #voicings: number[][] = [];
  readonly #tunes: TuneNote[][] = [];

  /** @param score A score with music. */
  constructor(score: Score, style: Style) {
    const plan = score.music!;
    this.#style = style;
    this.#arousal = score.mood.arousal;
    this.#random = random(`${score.seed}/music`);
    this.bars = barsOf(plan);
    const tonic = parsePitch(plan.key) ?? 0;
    // The register rises with valence, by up to 2.5 semitones.
    const lift = Math.round(2.5 * score.mood.valence);
    this.#voicing = { ...style.voicing, top: style.voicing.top + lift };
    this.#melody = new MelodyWriter(
      { ...style.melody, centre: style.melody.centre + lift },
      this.#random.fork('melody'),
      tonic,
      scaleSteps(plan.mode),
      plan.beatsPerBar,
    );
  }

  /**
   * The notes of one part in one bar, humanized. Bars are composed in order.
   * @param seat Names the part's random streams.
   */
  play(part: PartDesign, seat: number, barIndex: number): Note[] {
    const bar = this.bars[barIndex]!;
    // The last chord is as full as the bar before it.
    const intensity = bar.isEnding ? (this.bars[barIndex - 1]?.intensity ?? bar.intensity) : bar.intensity;
    if (intensity < (part.from ?? 0) || intensity > (part.to ?? 1)) return [];
    const context = this.#context(bar, part, seat);
    const notes = withPickup(part.play(context), context, part);
    const jitter = this.#random.fork(`hand/${seat}/${varied(bar, barIndex)}`);
    // An excited mood plays harder, and harder is brighter.
    const force = 1 + 0.16 * this.#arousal;
    const jitterSeconds = this.#style.humanizeSeconds * (part.role === 'rhythm' ? 0.4 : 1);
    for (const note of notes) {
      note.atSeconds = Math.max(0, note.atSeconds + jitter.gaussian() * jitterSeconds);
      note.velocity = Math.min(1, Math.max(0.05, note.velocity * force * (1 + 0.05 * jitter.gaussian())));
    }
    return notes;
  }

  /** The voicing of a bar's chord, by voice leading from the bar before. MIDI numbers, lowest first. */
  voicing(barIndex: number): readonly number[] {
    for (let i = this.#voicings.length; i <= barIndex; i++) {
      const bar = this.bars[i]!;
      const before = this.#voicings[i - 1];
      const isSame = before !== undefined && this.bars[i - 1]!.chord.symbol === bar.chord.symbol;
      this.#voicings.push(isSame ? before : leadVoices(bar.chord, before, this.#voicing));
    }
    return this.#voicings[barIndex]!;
  }

  #tune(barIndex: number): readonly TuneNote[] {
    for (let i = this.#tunes.length; i <= barIndex; i++) this.#tunes.push(this.#melody.tune(this.bars[i]!));
    return this.#tunes[barIndex]!;
  }

  #context(bar: Bar, part: PartDesign, seat: number): BarContext {
    const { bars } = this;
    const swing = this.#style.swing;
    const stream = this.#random.fork(`part/${seat}/${part.role}`);
    return {
      bar,
      before: bars[bar.index - 1],
      after: bars[bar.index + 1],
      voicing: this.voicing(bar.index),
      voicingBefore: bar.index > 0 ? this.voicing(bar.index - 1) : undefined,
      voicingAfter: bar.index + 1 < bars.length ? this.voicing(bar.index + 1) : undefined,
      random: stream.fork(varied(bar, bar.index)),
      partRandom: stream,
      arousal: this.#arousal,
      at: (beat) => bar.startSeconds + swung(beat, swing) * bar.beatSeconds,
      tune: () => this.#tune(bar.index),
    };
  }
}

/** The name of a random stream of a bar: each variation of its section has its own. */
function varied({ variation }: Bar, name: number): number | string {
  return variation ? `${name}/${variation}` : name;
}

/** Delays the off-beats. @param swing 0 straight … 0.33 triplets. */
function swung(beat: number, swing: number): number {
  if (swing === 0) return beat;
  const whole = Math.floor(beat);
  const part = beat - whole;
  const middle = 0.5 + swing / 2;
  return whole + (part < 0.5 ? (part * middle) / 0.5 : middle + ((part - 0.5) * (1 - middle)) / 0.5);
}
