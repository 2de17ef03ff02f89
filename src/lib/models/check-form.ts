import { checkOnnx } from './onnx/check-onnx.ts';
import { WeightsCorruptError } from './weights-error.ts';

/**
 * Checks that a file of a model is complete: a graph by its fields, JSON by parsing it. Other kinds are not checked.
 * @param name Its name or path, which ends in the kind.
 * @param read Returns up to `count` bytes from position `at`.
 * @throws WeightsCorruptError when the file is truncated or something else.
 */
export function checkForm(
  name: string,
  bytes: number,
  read: (at: number, count: number) => Uint8Array<ArrayBuffer>,
): void {
  if (name.endsWith('.onnx')) checkOnnx(bytes, read);
  if (!name.endsWith('.json')) return;
  try {
    JSON.parse(new TextDecoder().decode(read(0, bytes)));
  } catch {
    throw new WeightsCorruptError('A whole JSON file was wanted; this one is cut off or something else.');
  }
}
