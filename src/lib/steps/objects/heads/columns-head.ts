import type { Detection } from '../detection.ts';
import { ModelHeadError } from './model-head-error.ts';
import type { HeadTensor } from './tensor.ts';

/** Half precision may round 1 up. */
const MAX_SCORE = 1.01;
/** A lower score of another class says nothing. */
const LEAST_RIVAL = 0.05;
const NO_PROBABILITY = 'This model is not an object detector: its scores are no probabilities.';

/**
 * The plain export of YOLOv8 and YOLOv9: shape [batch, 4 + classes, anchors], each column a candidate with
 * centre x, centre y, width, height in pixels of the input, then class probabilities (after the sigmoid).
 * @throws ModelHeadError when the latter are no probabilities: it is another kind of model.
 */
export function readColumnsHead(output: HeadTensor, picture: number, minScore: number): Detection[] {
  const [, rows, anchors] = output.dims as [number, number, number];
  const data = output.data.subarray(picture * rows * anchors, (picture + 1) * rows * anchors);
  const scores = new Float32Array(anchors);
  const classes = new Uint16Array(anchors);
  for (let row = 4; row < rows; row++) {
    for (let anchor = 0, at = row * anchors; anchor < anchors; anchor++, at++) {
      if (data[at]! > scores[anchor]!) {
        scores[anchor] = data[at]!;
        classes[anchor] = row - 4;
      }
    }
  }
  /** The next best class of a candidate. */
  const rivalOf = (anchor: number): Pick<Detection, 'rival'> => {
    let best = { classIndex: -1, score: LEAST_RIVAL };
    for (let row = 4; row < rows; row++) {
      const score = data[row * anchors + anchor]!;
      if (row - 4 !== classes[anchor] && score > best.score) best = { classIndex: row - 4, score };
    }
    return best.classIndex < 0 ? {} : { rival: best };
  };
  const found: Detection[] = [];
  for (let anchor = 0; anchor < anchors; anchor++) {
    const score = scores[anchor]!;
    if (score < minScore) continue;
    if (score > MAX_SCORE) throw new ModelHeadError(NO_PROBABILITY);
    const x = data[anchor]!;
    const y = data[anchors + anchor]!;
    const halfWidth = data[2 * anchors + anchor]! / 2;
    const halfHeight = data[3 * anchors + anchor]! / 2;
    found.push({
      left: x - halfWidth,
      top: y - halfHeight,
      right: x + halfWidth,
      bottom: y + halfHeight,
      score,
      classIndex: classes[anchor]!,
      ...rivalOf(anchor),
    });
  }
  return found;
}
