import type { Detection } from '../detection.ts';
import type { HeadTensor } from './tensor.ts';

/** One scale of the head: class logits [batch, classes, h, w] and distances [batch, 4, h, w] in units of the stride. */
export interface StrideScale {
  classes: HeadTensor;
  boxes: HeadTensor;
}

/**
 * The nine-tensor head of the MIT rewrite of YOLOv9: for each cell of a grid the logits of the classes, and the
 * distances of the box's left, top, right and bottom from the centre of the cell.
 */
export function readStridesHead(
  scales: readonly StrideScale[],
  picture: number,
  inputWidth: number,
  minScore: number,
): Detection[] {
  const minLogit = Math.log(minScore / (1 - minScore));
  const found: Detection[] = [];
  for (const { classes, boxes } of scales) {
    const [, count, height, width] = classes.dims as [number, number, number, number];
    const cells = height * width;
    const stride = inputWidth / width;
    const logits = classes.data.subarray(picture * count * cells, (picture + 1) * count * cells);
    const reach = boxes.data.subarray(picture * 4 * cells, (picture + 1) * 4 * cells);
    for (let cell = 0; cell < cells; cell++) {
      let best = -Infinity;
      let classIndex = 0;
      for (let index = 0, at = cell; index < count; index++, at += cells) {
        if (logits[at]! > best) {
          best = logits[at]!;
          classIndex = index;
        }
      }
      if (best < minLogit) continue;
      const x = ((cell % width) + 0.5) * stride;
      const y = (Math.floor(cell / width) + 0.5) * stride;
      found.push({
        left: x - reach[cell]! * stride,
        top: y - reach[cells + cell]! * stride,
        right: x + reach[2 * cells + cell]! * stride,
        bottom: y + reach[3 * cells + cell]! * stride,
        score: 1 / (1 + Math.exp(-best)),
        classIndex,
      });
    }
  }
  return found;
}
