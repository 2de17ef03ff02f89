/** Lengths of the fades in and out, in frames. */
export interface Fades {
  inFrames: number;
  outFrames: number;
}

/** The lengths of both fades in frames, shortened in proportion if they would overlap. */
export function fadeFrames(inSeconds: number, outSeconds: number, frames: number, sampleRate: number): Fades {
  const wanted = (inSeconds + outSeconds) * sampleRate;
  const scale = wanted > frames ? frames / wanted : 1;
  return {
    inFrames: Math.floor(inSeconds * sampleRate * scale),
    outFrames: Math.floor(outSeconds * sampleRate * scale),
  };
}

/**
 * Applies raised-cosine fades in and out, in place.
 * @param start Frame of the whole sound at which the channels begin.
 * @param frames Length of the whole sound.
 */
export function applyFades(
  left: Float32Array,
  right: Float32Array,
  start: number,
  frames: number,
  { inFrames, outFrames }: Fades,
): void {
  const fadeInEnd = Math.min(left.length, inFrames - start);
  for (let index = 0; index < fadeInEnd; index++) {
    const gain = raisedCosine((start + index + 0.5) / inFrames);
    left[index]! *= gain;
    right[index]! *= gain;
  }
  for (let index = Math.max(0, frames - outFrames - start); index < left.length; index++) {
    const gain = raisedCosine((frames - start - index - 0.5) / outFrames);
    left[index]! *= gain;
    right[index]! *= gain;
  }
}

/** From 0 to 1 along half a cosine. */
export function raisedCosine(share: number): number {
  return 0.5 - 0.5 * Math.cos(Math.PI * share);
}
