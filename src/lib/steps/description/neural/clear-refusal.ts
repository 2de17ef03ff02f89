/** A model on this device failed to describe the picture. */
export class DescriberError extends Error {
  override name = 'DescriberError';
}

/** Errors with a clear message. */
const CLEAR = [
  'AbortError',
  'BlobMissingError',
  'DescriberError',
  'PictureUnreadableError',
  'WeightsError',
  'WeightsCorruptError',
];
const OF_MEMORY = /memory|allocat|buffer size|array length|\bOOM\b/i;
const LONGEST_REASON = 200;

/** An error with one clear sentence, in place of those of runtimes and drivers. */
export function clearRefusal(error: Error, title: string, device: 'webgpu' | 'wasm'): Error {
  if (CLEAR.includes(error.name)) return error;
  const where = device === 'webgpu' ? 'The GPU' : 'The processor';
  const what = OF_MEMORY.test(error.message) ? 'has too little memory for' : 'could not run';
  const reason = error.message.split('\n')[0]!.trim().slice(0, LONGEST_REASON);
  return new DescriberError(`${where} ${what} “${title}”, so the words are from measurements. (${reason})`);
}
