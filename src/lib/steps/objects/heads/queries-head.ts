import type { Detection } from '../detection.ts';
import type { InputSize } from '../input-size.ts';
import type { HeadTensor } from './tensor.ts';

/**
 * D-FINE and its family: logits [batch, queries, classes] and boxes [batch, queries, 4] as centre x, centre y,
 * width, height from 0 to 1. Each query is at most one object, so no suppression is needed.
 */
export function readQueriesHead(
  logits: HeadTensor,
  boxes: HeadTensor,
  picture: number,
  input: InputSize,
  minScore: number,
): Detection[] {
  const [, queries, classes] = logits.dims as [number, number, number];
  const found: Detection[] = [];
  for (let query = 0; query < queries; query++) {
    const row = (picture * queries + query) * classes;
    const scores = logits.data.subarray(row, row + classes);
    const best = scores.reduce((top, logit) => Math.max(top, logit), -Infinity);
    const score = 1 / (1 + Math.exp(-best));
    if (score < minScore) continue;
    const at = (picture * queries + query) * 4;
    const [x, y, width, height] = boxes.data.subarray(at, at + 4) as unknown as [
      number,
      number,
      number,
      number,
    ];
    found.push({
      left: (x - width / 2) * input.width,
      top: (y - height / 2) * input.height,
      right: (x + width / 2) * input.width,
      bottom: (y + height / 2) * input.height,
      score,
      classIndex: scores.indexOf(best),
    });
  }
  return found;
}
