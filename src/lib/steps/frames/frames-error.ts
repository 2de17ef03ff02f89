/** Not one frame could be taken; the message says in one sentence why. */
export class FramesError extends Error {
  override name = 'FramesError';
}
