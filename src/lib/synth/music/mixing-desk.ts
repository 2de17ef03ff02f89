import { addScaled } from '../dsp/blocks.ts';
import { DcBlock } from '../dsp/dc-block.ts';
import { DelayLine } from '../dsp/delay-line.ts';
import { Echo } from '../dsp/echo.ts';
import { clamp, decibelsToGain, sine } from '../dsp/maths.ts';
import { OnePole } from '../dsp/one-pole.ts';
import { Reverb } from '../dsp/reverb.ts';
import { BLOCK_FRAMES, SAMPLE_RATE } from '../dsp/sample-rate.ts';
import { saturate } from '../dsp/saturate.ts';
import { StateVariableFilter } from '../dsp/state-variable-filter.ts';
import type { Strip } from './strip.ts';
import type { Style } from './style.ts';

const block = () => new Float32Array(BLOCK_FRAMES);

/** Sums the strips, adds the rooms, and colours the whole as the style wants it. */
export class MixingDesk {
  readonly left = block();
  readonly right = block();
  readonly #style: Style;
  readonly #sends = { hall: [block(), block()], room: [block(), block()], echo: [block(), block()] } as const;
  readonly #hall: Reverb;
  readonly #room: Reverb | undefined;
  readonly #echo: Echo;
  readonly #shelf = [new OnePole(3000), new OnePole(3000)] as const;
  readonly #lowCut = [new StateVariableFilter(33), new StateVariableFilter(33)] as const;
  readonly #mud = [new StateVariableFilter(290, 0.8), new StateVariableFilter(290, 0.8)] as const;
  readonly #tape = [new StateVariableFilter(9000), new StateVariableFilter(9000)] as const;
  readonly #wow = [new DelayLine(1024), new DelayLine(1024)] as const;
  readonly #dc = [new DcBlock(), new DcBlock()] as const;
  readonly #treble: number;
  readonly #gain: number;
  readonly #work = block();
  #seconds = 0;
  #dynamics = 1;

  /** @param trebleDb shelf above 3 kHz. */
  constructor(style: Style, beatSeconds: number, trebleDb: number) {
    this.#style = style;
    this.#hall = new Reverb(style.hall);
    this.#room = style.parts.some((part) => (part.room ?? 0) > 0) ? new Reverb(style.room) : undefined;
    this.#echo = new Echo(Math.min(1.8, beatSeconds * 0.75), 0.38);
    this.#treble = decibelsToGain(clamp(trebleDb, -9, 9)) - 1;
    this.#gain = decibelsToGain(style.gainDb);
    for (const filter of this.#tape) filter.tune(15_000 - 7500 * style.tape, 0.75);
  }

  clear(): void {
    this.left.fill(0);
    this.right.fill(0);
    for (const [l, r] of Object.values(this.#sends)) {
      l.fill(0);
      r.fill(0);
    }
  }

  /** Adds a strip that has just rendered, at a gain that glides. */
  add(strip: Pick<Strip, 'design' | 'left' | 'right'>, gain: number, gainTo: number): void {
    const { design } = strip;
    addScaled(this.left, strip.left, gain, 0, BLOCK_FRAMES, gainTo);
    addScaled(this.right, strip.right, gain, 0, BLOCK_FRAMES, gainTo);
    for (const name of ['hall', 'room', 'echo'] as const) {
      const amount = design[name];
      if (amount === 0) continue;
      addScaled(this.#sends[name][0], strip.left, gain * amount, 0, BLOCK_FRAMES, gainTo * amount);
      addScaled(this.#sends[name][1], strip.right, gain * amount, 0, BLOCK_FRAMES, gainTo * amount);
    }
  }

  /** Finishes the block; `dynamics` is the gain of the moment, which is approached without a jump. */
  finish(dynamics: number): void {
    const { hall, room, echo } = this.#sends;
    this.#echo.add(echo[0], echo[1], this.left, this.right);
    addScaled(hall[0], echo[0], 0.4);
    addScaled(hall[1], echo[1], 0.4);
    this.#hall.add(hall[0], hall[1], this.left, this.right);
    this.#room?.add(room[0], room[1], this.left, this.right);
    const from = this.#dynamics;
    // Up in a tenth of a second, down in one: a build is felt at once, a fall breathes out.
    this.#dynamics += (dynamics - from) * (dynamics > from ? 0.05 : 0.006);
    this.#colour(this.left, 0, from);
    this.#colour(this.right, 1, from);
    this.#seconds += BLOCK_FRAMES / SAMPLE_RATE;
  }

  #colour(out: Float32Array, side: 0 | 1, dynamicsFrom: number): void {
    const work = this.#work;
    this.#lowCut[side].highpass(out, out);
    this.#mud[side].bell(out, out, 0.8);
    this.#shelf[side].highpass(out, work);
    addScaled(out, work, this.#treble);
    if (this.#style.tape > 0) this.#playTape(out, side);
    const gain = this.#gain;
    const step = (gain * (this.#dynamics - dynamicsFrom)) / BLOCK_FRAMES;
    let g = gain * dynamicsFrom;
    for (let i = 0; i < BLOCK_FRAMES; i++) {
      out[i] = out[i]! * g;
      g += step;
    }
    saturate(out, 0.8);
    this.#dc[side].process(out);
  }

  /** Wow, saturation and a dull head. */
  #playTape(out: Float32Array, side: 0 | 1): void {
    const amount = this.#style.tape;
    const delay = (seconds: number) =>
      BLOCK_FRAMES + 160 + amount * (70 * sine(seconds * 0.53) + 14 * sine(seconds * 4.3));
    this.#wow[side].write(out);
    out.fill(0);
    this.#wow[side].addTo(
      out,
      delay(this.#seconds),
      1,
      0,
      BLOCK_FRAMES,
      delay(this.#seconds + BLOCK_FRAMES / SAMPLE_RATE),
    );
    saturate(out, 1 + 0.6 * amount);
    this.#tape[side].lowpass(out, out);
  }
}
