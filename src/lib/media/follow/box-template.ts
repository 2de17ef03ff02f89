import { clamp, deviation } from '../pixels/statistics.ts';
import { COLUMNS, ROWS } from '../watch/picture-grid.ts';

/** A place in the picture: top left corner and size, 0 … 1. */
export interface Place {
  x: number;
  y: number;
  width: number;
  height: number;
}

/** Only the middle of a box counts: its border shows what is behind the thing. */
const MIDDLE = 0.8;
/** Points along each side, at least and at most. */
const LEAST_POINTS = 3;
const MOST_POINTS = 10;
/** Smallest deviation of luma with which something can be followed, 0 … 255. */
const LEAST_TEXTURE = 5;

/** The luma of a box, at points spread over its middle. */
export class BoxTemplate {
  readonly #width: number;
  readonly #height: number;
  readonly #columns: number;
  readonly #rows: number;
  readonly #points: Float32Array;
  #scale = 1;

  constructor(luma: Uint8Array, place: Place) {
    const pointsOf = (blocks: number) => clamp(Math.round(MIDDLE * blocks), LEAST_POINTS, MOST_POINTS);
    this.#width = place.width;
    this.#height = place.height;
    this.#columns = pointsOf(place.width * COLUMNS);
    this.#rows = pointsOf(place.height * ROWS);
    this.#points = new Float32Array(this.#columns * this.#rows);
    this.take(luma, place);
  }

  /** Whether there is enough in it to tell it from its surroundings. */
  get isTextured(): boolean {
    return deviation(this.#points) >= LEAST_TEXTURE;
  }

  /** Takes the luma of another place, of the same shape. */
  take(luma: Uint8Array, place: Place): void {
    this.#scale = place.width / this.#width;
    const { left, top, across, down } = this.#grid(place.x, place.y, 1);
    for (let row = 0, at = 0; row < this.#rows; row++)
      for (let column = 0; column < this.#columns; column++, at++)
        this.#points[at] = lumaAt(luma, left + column * across, top + row * down);
  }

  /**
   * Mean absolute difference to a place, 0 … 255; infinite where less than half of it is in the picture.
   * @param x,y Top left corner of the box at its present size. @param growth Its size there, as a factor.
   */
  difference(luma: Uint8Array, x: number, y: number, growth: number): number {
    const { left, top, across, down } = this.#grid(x, y, growth);
    let [sum, count] = [0, 0];
    for (let row = 0, at = 0; row < this.#rows; row++) {
      const v = top + row * down;
      for (let column = 0; column < this.#columns; column++, at++) {
        const u = left + column * across;
        if (u < 0 || v < 0 || u > COLUMNS - 1 || v > ROWS - 1) continue;
        sum += Math.abs(this.#points[at]! - lumaAt(luma, u, v));
        count++;
      }
    }
    return count * 2 < this.#points.length ? Infinity : sum / count;
  }

  /** The first point of a place, and the way to the next ones, in blocks; the box grows around its centre. */
  #grid(x: number, y: number, growth: number) {
    const [width, height] = [this.#width * this.#scale, this.#height * this.#scale];
    const across = (width * growth * MIDDLE * COLUMNS) / this.#columns;
    const down = (height * growth * MIDDLE * ROWS) / this.#rows;
    return {
      left: (x + width / 2) * COLUMNS - 0.5 - ((this.#columns - 1) / 2) * across,
      top: (y + height / 2) * ROWS - 0.5 - ((this.#rows - 1) / 2) * down,
      ...{ across, down },
    };
  }
}

/** Luma between the centres of blocks, interpolated. */
function lumaAt(luma: Uint8Array, column: number, row: number): number {
  const x = Math.max(0, Math.min(COLUMNS - 1.001, column));
  const y = Math.max(0, Math.min(ROWS - 1.001, row));
  const [left, top] = [Math.floor(x), Math.floor(y)];
  const [across, down] = [x - left, y - top];
  const at = top * COLUMNS + left;
  const upper = luma[at]! + (luma[at + 1]! - luma[at]!) * across;
  const lower = luma[at + COLUMNS]! + (luma[at + COLUMNS + 1]! - luma[at + COLUMNS]!) * across;
  return upper + (lower - upper) * down;
}
