import { addStereo, addStereoAndSend, newBlock, scale } from '../dsp/blocks.ts';
import { DcBlocker } from '../dsp/dc-blocker.ts';
import { DelayLine } from '../dsp/delay-line.ts';
import { Echo } from '../dsp/echo.ts';
import { clamp, decibelsToGain, sine } from '../dsp/maths.ts';
import { Reverb } from '../dsp/reverb.ts';
import { BLOCK_FRAMES, BLOCK_SECONDS } from '../dsp/sample-rate.ts';
import { saturate } from '../dsp/saturate.ts';
import { StereoFilter } from '../dsp/stereo-filter.ts';
import { TrebleShelf } from '../dsp/treble-shelf.ts';
import type { InstrumentStrip } from './instrument-strip.ts';
import type { Style } from './style.ts';

const SENDS = ['hall', 'room', 'echo'] as const;

/**
 * The mixer of the music: sums the instrument strips block by block, adds the sends (two reverbs and an echo), and
 * applies the equaliser, the tape simulation and the level of the style to the sum.
 */
export class Mixer {
  readonly left = newBlock();
  readonly right = newBlock();
  readonly #style: Style;
  readonly #sends = {
    hall: [newBlock(), newBlock()],
    room: [newBlock(), newBlock()],
    echo: [newBlock(), newBlock()],
  } as const;
  /** Which sends received a signal in this block; the others hold zeros. */
  readonly #hasInput = { hall: true, room: true, echo: true };
  readonly #hall: Reverb;
  readonly #room: Reverb | undefined;
  readonly #echo: Echo;
  readonly #shelf: TrebleShelf;
  readonly #lowCut = new StereoFilter(33);
  readonly #mud = new StereoFilter(290, 0.8);
  readonly #tape: StereoFilter;
  readonly #wow = [new DelayLine(1024), new DelayLine(1024)] as const;
  readonly #dc = new DcBlocker();
  readonly #gain: number;
  #seconds = 0;
  #dynamics = 1;

  /**
   * @param beatSeconds Length of a beat: the echo repeats every dotted eighth.
   * @param trebleDb Gain of the shelf above 3 kHz.
   */
  constructor(style: Style, beatSeconds: number, trebleDb: number) {
    this.#style = style;
    this.#hall = new Reverb(style.hall);
    this.#room = style.parts.some((part) => (part.room ?? 0) > 0) ? new Reverb(style.room) : undefined;
    this.#echo = new Echo(Math.min(1.8, beatSeconds * 0.75), 0.38);
    this.#shelf = new TrebleShelf(3000, decibelsToGain(clamp(trebleDb, -9, 9)));
    this.#gain = decibelsToGain(style.gainDb);
    this.#tape = new StereoFilter(15_000 - 7500 * style.tape, 0.75);
  }

  /** Begins a block: empties the sum and the sends. */
  clear(): void {
    this.left.fill(0);
    this.right.fill(0);
    for (const name of SENDS) {
      if (!this.#hasInput[name]) continue;
      this.#hasInput[name] = false;
      this.#sends[name][0].fill(0);
      this.#sends[name][1].fill(0);
    }
  }

  /** Adds the block that a strip rendered last, at a linear gain that is ramped over the block. */
  add(strip: Pick<InstrumentStrip, 'settings' | 'left' | 'right'>, gain: number, gainTo: number): void {
    const { settings, left, right } = strip;
    const first = SENDS.find((name) => settings[name] > 0) ?? 'hall';
    this.#hasInput[first] ||= settings[first] > 0;
    const [l, r] = this.#sends[first];
    addStereoAndSend(
      this.left,
      this.right,
      l,
      r,
      settings[first],
      left,
      right,
      gain,
      gain,
      0,
      BLOCK_FRAMES,
      gainTo,
      gainTo,
    );
    for (const name of SENDS) if (name !== first) this.#send(name, strip, gain, gainTo);
  }

  #send(
    name: (typeof SENDS)[number],
    { settings, left, right }: Pick<InstrumentStrip, 'settings' | 'left' | 'right'>,
    gain: number,
    gainTo: number,
  ): void {
    const amount = settings[name];
    if (amount === 0) return;
    this.#hasInput[name] = true;
    const [l, r] = this.#sends[name];
    const from = gain * amount;
    const to = gainTo * amount;
    addStereo(l, r, left, right, from, from, 0, BLOCK_FRAMES, to, to);
  }

  /**
   * Finishes the block in `left` and `right`.
   * @param dynamics Linear gain of the whole, which is approached smoothly.
   */
  finish(dynamics: number): void {
    const { hall, room, echo } = this.#sends;
    this.#echo.add(echo[0], echo[1], this.left, this.right, this.#hasInput.echo);
    if (this.#hasInput.echo) {
      this.#hasInput.hall = true;
      addStereo(hall[0], hall[1], echo[0], echo[1], 0.4, 0.4);
    }
    this.#hall.add(hall[0], hall[1], this.left, this.right);
    this.#room?.add(room[0], room[1], this.left, this.right);
    const from = this.#dynamics;
    // Time constants: about 0.1 s up, 0.9 s down.
    this.#dynamics += (dynamics - from) * (dynamics > from ? 0.05 : 0.006);
    this.#master(from);
    this.#seconds += BLOCK_SECONDS;
  }

  #master(dynamicsFrom: number): void {
    const { left, right } = this;
    this.#lowCut.highpass(left, right);
    this.#mud.bell(left, right, 0.8);
    this.#shelf.process(left, right);
    if (this.#style.tape > 0) this.#simulateTape();
    const from = this.#gain * dynamicsFrom;
    const to = this.#gain * this.#dynamics;
    for (const side of [left, right]) {
      scale(side, from, 0, BLOCK_FRAMES, to);
      saturate(side, 0.8);
    }
    this.#dc.process(left, right);
  }

  /** Wow and flutter, saturation, and a lowpass for the head. */
  #simulateTape(): void {
    const amount = this.#style.tape;
    const delay = (seconds: number) =>
      BLOCK_FRAMES + 160 + amount * (70 * sine(seconds * 0.53) + 14 * sine(seconds * 4.3));
    const from = delay(this.#seconds);
    const to = delay(this.#seconds + BLOCK_SECONDS);
    for (const [k, side] of [this.left, this.right].entries()) {
      const wow = this.#wow[k as 0 | 1];
      wow.write(side);
      side.fill(0);
      wow.addTo(side, from, 1, 0, BLOCK_FRAMES, to);
      saturate(side, 1 + 0.6 * amount);
    }
    this.#tape.lowpass(this.left, this.right);
  }
}
