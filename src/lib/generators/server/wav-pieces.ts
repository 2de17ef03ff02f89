import { downmix } from '#lib/media/audio/downmix.ts';
import { joinBytes } from '#lib/media/join-bytes.ts';
import type { Stereo } from '#lib/media/audio/stereo-queue.ts';
import { readWavHeader, decodeWavSamples, WAV_HEADER_BYTES, type WavLayout } from '#lib/media/audio/wav.ts';

/** Decodes a WAV file with a plain header of 44 bytes while it arrives, in pieces of any length. */
export class WavPieces {
  #bytes: number;
  #rest = new Uint8Array(0);
  #layout: WavLayout | null = null;

  /** @param bytes Size of the whole file. */
  constructor(bytes: number) {
    this.#bytes = bytes;
  }

  /** The layout of the samples; null before the header has arrived. */
  get layout(): WavLayout | null {
    return this.#layout;
  }

  /**
   * Both channels of the frames that these bytes complete; mono goes to both. @throws WavError when it is no such file.
   */
  push(bytes: Uint8Array): Stereo | null {
    let data = this.#rest.length > 0 ? joinBytes(this.#rest, bytes) : bytes;
    if (!this.#layout) {
      if (data.length < WAV_HEADER_BYTES) return this.#keep(data);
      this.#layout = readWavHeader(data.subarray(0, WAV_HEADER_BYTES), this.#bytes);
      data = data.subarray(this.#layout.start);
    }
    const whole = data.length - (data.length % this.#layout.frameBytes);
    this.#keep(data.subarray(whole));
    if (whole === 0) return null;
    return downmix(decodeWavSamples(data.slice(0, whole).buffer, this.#layout));
  }

  #keep(rest: Uint8Array): null {
    this.#rest = rest.slice();
    return null;
  }
}
