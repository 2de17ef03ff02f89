import { WeightsCorruptError } from '../weights-error.ts';
import { varintAt } from './wire.ts';

/** The graph's field in an ONNX model; tag and length of a field take at most 20 bytes. */
const GRAPH = 7;
const HEAD_BYTES = 20;

/**
 * Checks that a file is a complete ONNX model, without reading all of it: its outermost fields end where the file ends,
 * and one of them is a graph.
 * @param read Returns up to `count` bytes from position `at`.
 * @throws WeightsCorruptError when the file is truncated or something else, such as a page of HTML.
 */
export function checkOnnx(bytes: number, read: (at: number, count: number) => Uint8Array): void {
  let hasGraph = false;
  let at = 0;
  while (at < bytes) {
    const head = read(at, HEAD_BYTES);
    const tag = varintAt(head, 0);
    const field = tag && Math.floor(tag.value / 8);
    const value = tag && varintAt(head, tag.end);
    const wire = tag ? tag.value % 8 : -1;
    if (!tag || !field || !value || (wire !== 0 && wire !== 2)) throw notOnnx();
    at += value.end + (wire === 2 ? value.value : 0);
    hasGraph ||= field === GRAPH && wire === 2;
  }
  if (at !== bytes || !hasGraph) throw notOnnx();
}

function notOnnx(): WeightsCorruptError {
  return new WeightsCorruptError('A whole ONNX model was wanted; this file is cut off or something else.');
}
