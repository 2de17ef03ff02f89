/** Used in both directions, so that decoded sound has its original level. */
const FULL_SCALE = 32_768;

/**
 * Encodes two channels as interleaved 16-bit samples with triangular (TPDF) dither of ±1 LSB. Digital silence stays
 * silent; samples beyond full scale are clipped.
 */
export class Pcm16Encoder {
  #random: number;

  /** @param seed The same seed gives the same noise. */
  constructor(seed = 1) {
    this.#random = seed | 0 || 1;
  }

  /** Encodes the frames [start … end) of both channels to the beginning of `out`. */
  encode(left: Float32Array, right: Float32Array, start: number, end: number, out: Int16Array): void {
    let random = this.#random;
    for (let index = start, at = 0; index < end; index++) {
      // One number of xorshift32 (Marsaglia, 2003) per frame: the sum of two bytes has a triangular distribution.
      random ^= random << 13;
      random ^= random >>> 17;
      random ^= random << 5;
      const noise = ((random & 0xff) + ((random >>> 8) & 0xff) - 255) / 256;
      const other = (((random >>> 16) & 0xff) + (random >>> 24) - 255) / 256;
      const l = left[index]!;
      const r = right[index]!;
      const a = l === 0 ? 0 : Math.round(l * FULL_SCALE + noise);
      const b = r === 0 ? 0 : Math.round(r * FULL_SCALE + other);
      out[at++] = a > 32_767 ? 32_767 : a < -32_768 ? -32_768 : a;
      out[at++] = b > 32_767 ? 32_767 : b < -32_768 ? -32_768 : b;
    }
    this.#random = random;
  }
}

/** Decodes interleaved 16-bit stereo, full scale at 1, into the beginning of `left` and `right`. */
export function decodePcm16(pcm: Int16Array, left: Float32Array, right: Float32Array): void {
  const frames = pcm.length >> 1;
  for (let index = 0; index < frames; index++) {
    left[index] = pcm[2 * index]! / FULL_SCALE;
    right[index] = pcm[2 * index + 1]! / FULL_SCALE;
  }
}

/** Adds interleaved 16-bit stereo × a linear gain to the beginning of `left` and `right`. */
export function addPcm16(pcm: Int16Array, gain: number, left: Float32Array, right: Float32Array): void {
  const frames = pcm.length >> 1;
  const scale = gain / FULL_SCALE;
  for (let index = 0; index < frames; index++) {
    left[index]! += pcm[2 * index]! * scale;
    right[index]! += pcm[2 * index + 1]! * scale;
  }
}
