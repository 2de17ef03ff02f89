import { suppress, type Detection } from '../detection.ts';
import type { InputSize } from '../input-size.ts';
import { readBoxesHead } from './boxes-head.ts';
import { readColumnsHead } from './columns-head.ts';
import { ModelHeadError } from './model-head-error.ts';
import { readQueriesHead } from './queries-head.ts';
import { readStridesHead } from './strides-head.ts';
import type { HeadOutputs } from './tensor.ts';

/** The name of an output that is a point of a space in which pictures that look alike lie near each other. */
export const LATENT = 'latent';

/** An output of the graph, from its metadata: open dimensions are strings. */
export interface OutputShape {
  name: string;
  shape: readonly (number | string)[];
}

/** Reads the outputs of a kind of detector. */
export interface Head {
  name: 'boxes' | 'columns' | 'strides' | 'queries';
  /** Whether the picture keeps its aspect ratio; otherwise it is stretched over the whole input. */
  isLetterboxed: boolean;
  /** Whether the outputs don't distinguish the pictures of a batch. */
  isForOne: boolean;
  /** The detections in one picture of the batch, in pixels of the input, the highest score first. */
  read(outputs: HeadOutputs, picture: number, input: InputSize, minScore: number): Detection[];
}

/**
 * Chooses the head by the outputs of the session, never by the file's name.
 * @param isStretched Whether the graph says that it wants the picture stretched.
 * @throws ModelHeadError when the outputs are those of another kind of model.
 */
export function chooseHead(outputs: readonly OutputShape[], isStretched = false): Head {
  const names = outputs.map((output) => output.name);
  if (names.includes('logits') && names.includes('pred_boxes')) return queriesHead();
  const [only, ...others] = outputs.filter(({ name }) => name !== LATENT);
  if (only && others.length === 0 && isBoxes(only.shape)) return boxesHead(only.name);
  if (only && others.length === 0 && isColumns(only.shape)) return columnsHead(only.name, !isStretched);
  const grids = outputs.filter((output) => output.shape.length === 4);
  if (isStrides(grids)) return stridesHead(grids.slice(0, 6));
  throw new ModelHeadError(
    `This model is not an object detector that can be read here: wanted boxes [N,6], [1,84,A], nine grids or ` +
      `logits with boxes, but its outputs are ${outputs.map((o) => `${o.name} [${o.shape.join(',')}]`).join(', ')}.`,
  );
}

function isBoxes(shape: OutputShape['shape']): boolean {
  return shape.length === 2 && mayBe(shape[1], (columns) => columns === 6);
}

/** Four rows for the box, then one per class; there are far more candidates than classes. */
function isColumns([, rows, candidates, ...more]: OutputShape['shape']): boolean {
  if (more.length > 0 || candidates === undefined) return false;
  return mayBe(rows, (count) => count > 4 && mayBe(candidates, (columns) => columns > count));
}

/** Logits and distances for each of three strides; some exports have a second set for training. */
function isStrides(grids: readonly OutputShape[]): boolean {
  const isWhole = grids.length === 6 || grids.length === 12;
  return isWhole && [1, 3, 5].every((at) => mayBe(grids[at]!.shape[1], (sides) => sides === 4));
}

/** Whether a dimension is open or has the right value. */
function mayBe(dimension: number | string | undefined, isRight: (value: number) => boolean): boolean {
  return typeof dimension !== 'number' || isRight(dimension);
}

function boxesHead(name: string): Head {
  return {
    name: 'boxes',
    isLetterboxed: true,
    isForOne: true,
    read: (outputs, _picture, _input, minScore) => byScore(readBoxesHead(outputs[name]!, minScore)),
  };
}

function columnsHead(name: string, isLetterboxed: boolean): Head {
  return {
    name: 'columns',
    isLetterboxed,
    isForOne: false,
    read: (outputs, picture, _input, minScore) =>
      suppress(readColumnsHead(outputs[name]!, picture, minScore)),
  };
}

/** For each scale the logits come first, then the distances; the second half is for training. */
function stridesHead(grids: readonly OutputShape[]): Head {
  const scales = [0, 2, 4].map((at) => [grids[at]!.name, grids[at + 1]!.name] as const);
  return {
    name: 'strides',
    isLetterboxed: true,
    isForOne: false,
    read: (outputs, picture, input, minScore) => {
      const read = scales.map(([classes, boxes]) => ({ classes: outputs[classes]!, boxes: outputs[boxes]! }));
      return suppress(readStridesHead(read, picture, input.width, minScore));
    },
  };
}

function queriesHead(): Head {
  return {
    name: 'queries',
    isLetterboxed: false,
    isForOne: false,
    read: ({ logits, pred_boxes: boxes }, picture, input, minScore) =>
      byScore(readQueriesHead(logits!, boxes!, picture, input, minScore)),
  };
}

function byScore(detections: Detection[]): Detection[] {
  return detections.sort((a, b) => b.score - a.score);
}
