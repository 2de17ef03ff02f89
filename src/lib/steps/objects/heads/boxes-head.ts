import type { Detection } from '../detection.ts';
import type { HeadTensor } from './tensor.ts';

/**
 * Graphs with built-in suppression: rows of `[left, top, right, bottom, score, class]`, shape [N, 6],
 * in pixels of the input.
 */
export function readBoxesHead(output: HeadTensor, minScore: number): Detection[] {
  const found: Detection[] = [];
  for (let at = 0; at + 6 <= output.data.length; at += 6) {
    const [left, top, right, bottom, score, classIndex] = output.data.subarray(at, at + 6) as unknown as [
      number,
      number,
      number,
      number,
      number,
      number,
    ];
    if (score >= minScore) found.push({ left, top, right, bottom, score, classIndex });
  }
  return found;
}
