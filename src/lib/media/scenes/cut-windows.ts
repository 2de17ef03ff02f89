import { GrowingList } from '../audio/growing-list.ts';
import type { CutScores } from './cut-scores.ts';

/** The pictures that TransNetV2 looks at: red, green and blue of 48 × 27 pixels, 0 … 255. */
export const PICTURE = { columns: 48, rows: 27 };
export const PICTURE_NUMBERS = 3 * PICTURE.columns * PICTURE.rows;

/** The pictures of one run, and how many of them, in the middle, have enough others around them to be judged. */
export const WINDOW = 100;
const JUDGED = 50;
const AROUND = (WINDOW - JUDGED) / 2;

/** What a network says about each picture of a window. */
export type WindowScores = Pick<CutScores, 'cut' | 'transition'>;

/**
 * Scores the pictures of a film with a network that sees `WINDOW` of them at a time, half of them new: the first and the
 * last picture are repeated where there are none (Souček & Lokoč 2020, "TransNet V2"). Only one window is in memory.
 */
export class CutWindows {
  readonly #predict: (window: Float32Array) => Promise<WindowScores>;
  #window = new Float32Array(WINDOW * PICTURE_NUMBERS);
  /** Pictures in the window. */
  #filled = 0;
  #times = new GrowingList();
  #cut = new GrowingList();
  #transition = new GrowingList();

  /** @param predict Runs the network; its input is valid as long as that takes. */
  constructor(predict: (window: Float32Array) => Promise<WindowScores>) {
    this.#predict = predict;
  }

  /** Number of pictures so far. */
  get count(): number {
    return this.#times.values.length;
  }

  /** Adds the next picture, `PICTURE_NUMBERS` bytes; one that is not later than the last one is ignored. */
  async add(atSeconds: number, picture: Uint8Array): Promise<void> {
    if (this.count > 0 && atSeconds <= this.#times.values.at(-1)!) return;
    const copies = this.count === 0 ? AROUND + 1 : 1;
    for (let copy = 0; copy < copies; copy++) this.#put(picture);
    this.#times.push(atSeconds);
    if (this.#filled === WINDOW) await this.#run();
  }

  /** The scores of all pictures. */
  async finish(): Promise<CutScores> {
    const { count } = this;
    while (this.#cut.values.length < count) {
      const last = (this.#filled - 1) * PICTURE_NUMBERS;
      while (this.#filled < WINDOW) this.#put(this.#window.slice(last, last + PICTURE_NUMBERS));
      await this.#run();
    }
    return {
      times: this.#times.values,
      cut: Float32Array.from(this.#cut.values.subarray(0, count)),
      transition: Float32Array.from(this.#transition.values.subarray(0, count)),
    };
  }

  #put(picture: Uint8Array | Float32Array): void {
    this.#window.set(picture, this.#filled++ * PICTURE_NUMBERS);
  }

  async #run(): Promise<void> {
    const { cut, transition } = await this.#predict(this.#window);
    for (let at = AROUND; at < AROUND + JUDGED; at++) {
      this.#cut.push(cut[at]!);
      this.#transition.push(transition[at]!);
    }
    this.#window.copyWithin(0, JUDGED * PICTURE_NUMBERS);
    this.#filled = WINDOW - JUDGED;
  }
}
