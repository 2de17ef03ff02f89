/** A model on this device could not look at the picture. */
export class DescriberError extends Error {
  override name = 'DescriberError';
}

/** These say already what was wrong. */
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

/** What became of a model in one clear sentence: runtimes and drivers speak in tongues of their own. */
export function clearRefusal(error: Error, title: string, device: 'webgpu' | 'wasm'): Error {
  if (CLEAR.includes(error.name)) return error;
  const where = device === 'webgpu' ? 'The GPU' : 'The processor';
  const what = OF_MEMORY.test(error.message) ? 'has too little memory for' : 'could not run';
  const reason = error.message.split('\n')[0]!.trim().slice(0, LONGEST_REASON);
  return new DescriberError(`${where} ${what} “${title}”, so the words are from measurements. (${reason})`);
}
