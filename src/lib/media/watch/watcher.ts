import { GrowingList } from '../audio/growing-list.ts';
import { NO_ACTION, strongestAction, type Action } from './action.ts';
import { globalMotion } from './global-motion.ts';
import { emptyHsv, hsvDifference, toHsv } from './hsv-difference.ts';
import { BLOCKS, type PictureGrid } from './picture-grid.ts';
import { addSignature, packSignature, SIGNATURE_LENGTH } from './picture-signature.ts';
import { UNREST_LENGTH, UnrestMeter } from './unrest.ts';
import { SERIES, type Series, type Watched } from './watched.ts';

/** Shortest slot of a signature, seconds. */
const SLOT_SECONDS = 0.1;
/** Length of the stretches over which unrest is measured, seconds. */
const UNREST_SECONDS = 1;
/** Shortest time between pictures that are kept as a whole, seconds: enough to follow what moves between them. */
const LOOK_SECONDS = 0.2;
/** Tolerance for comparing sums of times, seconds. */
const EPSILON = 1e-3;

/** Measures pictures one after the other. It keeps a few numbers of each, and a few small pictures a second. */
export class Watcher {
  #times = new GrowingList();
  #series = Object.fromEntries(SERIES.map((name) => [name, new GrowingList()])) as Record<
    Series,
    GrowingList
  >;
  #before = { luma: new Uint8Array(BLOCKS), hsv: emptyHsv() };
  #now = emptyHsv();
  #left = new Float32Array(BLOCKS);
  #action: Action = NO_ACTION;
  #unrest = { meter: new UnrestMeter(), times: new GrowingList(), bytes: [] as Uint8Array[], from: 0, to: 0 };
  #lookTimes = new GrowingList();
  #looks: Uint8Array[] = [];
  #slotTimes = new GrowingList();
  #signatures: Uint8Array[] = [];
  #slot = { sum: new Float32Array(SIGNATURE_LENGTH), count: 0, from: 0, to: 0 };

  /** Number of pictures so far. */
  get count(): number {
    return this.#times.values.length;
  }

  /**
   * Measures the next picture; one that is not later than the last one is ignored.
   * @param isApart Whether pictures between this one and the last were left out: then nothing is compared.
   * @param isKey Whether it is a key frame: with these the whole picture becomes sharper, which is no action.
   */
  add(atSeconds: number, grid: PictureGrid, { isApart = false, isKey = false } = {}): void {
    const isFirst = this.count === 0;
    if (!isFirst && atSeconds <= this.#times.values.at(-1)!) return;
    toHsv(grid, this.#now);
    const isCompared = !isFirst && !isApart;
    const [hue, saturation, value] = isCompared ? hsvDifference(this.#before.hsv, this.#now) : [0, 0, 0];
    const { difference, residual, ...shift } = isCompared
      ? globalMotion(this.#before.luma, grid.luma, this.#left)
      : STILL;
    if (isCompared && !isKey) this.#action = strongestAction(this.#left);
    const { action, actionX, actionY } = isCompared ? this.#action : NO_ACTION;
    const brightness = grid.luma.reduce((sum, luma) => sum + luma, 0) / BLOCKS / 255;
    const numbers = {
      ...{ hue, saturation, value, brightness, difference, residual, action, actionX, actionY },
      ...shift,
    };
    this.#times.push(atSeconds);
    for (const name of SERIES) this.#series[name].push(numbers[name]);
    this.#addUnrest(atSeconds, grid, isCompared && !isKey);
    this.#addToSlot(atSeconds, grid);
    this.#keepLook(atSeconds, grid);
    this.#before.luma.set(grid.luma);
    [this.#before.hsv, this.#now] = [this.#now, this.#before.hsv];
  }

  /** Everything so far. @param keyCuts See `Watched`. */
  finish(keyCuts: readonly number[]): Watched {
    this.#closeSlot();
    if (this.count > 0) this.#closeUnrest();
    return {
      times: this.#times.values,
      series: Object.fromEntries(
        SERIES.map((name) => [name, Float32Array.from(this.#series[name].values)]),
      ) as Watched['series'],
      slotTimes: this.#slotTimes.values,
      signatures: joined(this.#signatures, SIGNATURE_LENGTH),
      unrestTimes: this.#unrest.times.values,
      unrest: joined(this.#unrest.bytes, UNREST_LENGTH),
      lookTimes: this.#lookTimes.values,
      looks: joined(this.#looks, BLOCKS),
      keyCuts: Float64Array.from(keyCuts),
    };
  }

  #addUnrest(atSeconds: number, { luma }: PictureGrid, isCompared: boolean): void {
    const unrest = this.#unrest;
    if (this.count > 1 && atSeconds - unrest.from >= UNREST_SECONDS - EPSILON) {
      this.#closeUnrest();
      unrest.from = atSeconds;
    } else if (this.count === 1) unrest.from = atSeconds;
    unrest.to = atSeconds;
    unrest.meter.add(luma, isCompared ? this.#left : null);
  }

  #closeUnrest(): void {
    const { meter, times, bytes, from, to } = this.#unrest;
    times.push((from + to) / 2);
    bytes.push(meter.take());
  }

  #addToSlot(atSeconds: number, grid: PictureGrid): void {
    if (atSeconds - this.#slot.from >= SLOT_SECONDS - EPSILON) this.#closeSlot();
    if (this.#slot.count === 0) this.#slot.from = atSeconds;
    this.#slot.to = atSeconds;
    this.#slot.count++;
    addSignature(grid, this.#slot.sum);
  }

  #keepLook(atSeconds: number, { luma }: PictureGrid): void {
    const last = this.#lookTimes.values.at(-1) ?? -Infinity;
    if (atSeconds - last < LOOK_SECONDS - EPSILON) return;
    this.#lookTimes.push(atSeconds);
    this.#looks.push(luma.slice());
  }

  #closeSlot(): void {
    const { sum, count, from, to } = this.#slot;
    if (count === 0) return;
    this.#slotTimes.push((from + to) / 2);
    this.#signatures.push(packSignature(sum.map((value) => value / count)));
    sum.fill(0);
    this.#slot.count = 0;
  }
}

const STILL = { shiftX: 0, shiftY: 0, zoom: 0, difference: 0, residual: 0 };

function joined(parts: readonly Uint8Array[], length: number): Uint8Array {
  const all = new Uint8Array(parts.length * length);
  parts.forEach((part, at) => all.set(part, at * length));
  return all;
}
