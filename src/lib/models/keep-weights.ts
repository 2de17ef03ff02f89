import { asFull } from './fetch-weights.ts';
import { checkOnnx } from './onnx/check-onnx.ts';
import { unfinishedName, weightsFolder } from './weights-folder.ts';

const PIECE_BYTES = 4 << 20;

/**
 * Copies a user's ONNX file into the weights folder. Only in a dedicated worker.
 * @throws WeightsCorruptError when it is no complete ONNX file; StorageFullError when the device has no space.
 */
export async function keepWeights(name: string, file: Blob): Promise<void> {
  const folder = await weightsFolder();
  const handle = await folder.getFileHandle(unfinishedName(name), { create: true });
  const access = await handle.createSyncAccessHandle();
  try {
    access.truncate(0);
    for (let at = 0; at < file.size; at += PIECE_BYTES) {
      access.write(await file.slice(at, at + PIECE_BYTES).arrayBuffer(), { at });
    }
    checkOnnx(access.getSize(), (at, count) => {
      const piece = new Uint8Array(count);
      return piece.subarray(0, access.read(piece, { at }));
    });
    access.close();
  } catch (error) {
    access.close();
    await folder.removeEntry(unfinishedName(name));
    throw asFull(error, { bytes: file.size });
  }
  await (handle as FileSystemFileHandle & { move(name: string): Promise<void> }).move(name);
}
