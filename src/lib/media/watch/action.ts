import { COLUMNS, ROWS } from './picture-grid.ts';

/** Blocks along each side of a cell. */
const CELL_SIDE = 4;
const CELL_COLUMNS = COLUMNS / CELL_SIDE;
const CELLS = CELL_COLUMNS * (ROWS / CELL_SIDE);
/** Differences of luma up to this are noise. */
const NOISE = 8;
/** Number of cells that count: a hand or a ball fills no more. */
const STRONGEST = 6;

/** Where something moves by itself, and how strongly. */
export interface Action {
  /** Mean difference of luma in the strongest cells, 0 … 255. */
  action: number;
  /** Their centre, 0 … 1 from the top left. */
  actionX: number;
  actionY: number;
}

/** Nothing moves by itself. */
export const NO_ACTION: Action = { action: 0, actionX: 0.5, actionY: 0.5 };

/** The strongest action in what is left after the motion of the whole picture is taken out. */
export function strongestAction(left: Float32Array): Action {
  const cells = new Float32Array(CELLS);
  for (let row = 0; row < ROWS; row++) {
    for (let column = 0; column < COLUMNS; column++) {
      const difference = Math.abs(left[row * COLUMNS + column]!);
      const cell = Math.floor(row / CELL_SIDE) * CELL_COLUMNS + Math.floor(column / CELL_SIDE);
      if (difference > NOISE) cells[cell]! += difference / CELL_SIDE ** 2;
    }
  }
  let [sum, x, y] = [0, 0, 0];
  for (let rank = 0; rank < STRONGEST; rank++) {
    const cell = cells.indexOf(Math.max(...cells));
    const weight = cells[cell]!;
    sum += weight;
    x += weight * ((cell % CELL_COLUMNS) + 0.5);
    y += weight * (Math.floor(cell / CELL_COLUMNS) + 0.5);
    cells[cell] = 0;
  }
  if (sum === 0) return NO_ACTION;
  return {
    action: sum / STRONGEST,
    actionX: x / sum / CELL_COLUMNS,
    actionY: y / sum / (CELLS / CELL_COLUMNS),
  };
}
