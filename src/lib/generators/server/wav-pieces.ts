import { downmix } from '#lib/media/audio/downmix.ts';
import type { Stereo } from '#lib/media/audio/stereo-queue.ts';
import { readWavHeader, takeWavApart, WAV_HEADER_BYTES, type WavLayout } from '#lib/media/audio/wav.ts';

/** Takes a WAV file with a plain header of 44 bytes apart while it comes, in pieces of any length. */
export class WavPieces {
  #bytes: number;
  #rest = new Uint8Array(0);
  #layout: WavLayout | null = null;

  /** @param bytes Length of the whole file. */
  constructor(bytes: number) {
    this.#bytes = bytes;
  }

  /** Where the samples lie; null before the header came. */
  get layout(): WavLayout | null {
    return this.#layout;
  }

  /** Both channels of what these bytes complete; mono goes to both. @throws WavError when it is no such file. */
  push(bytes: Uint8Array): Stereo | null {
    let data = this.#rest.length > 0 ? joined(this.#rest, bytes) : bytes;
    if (!this.#layout) {
      if (data.length < WAV_HEADER_BYTES) return this.#keep(data);
      this.#layout = readWavHeader(data.subarray(0, WAV_HEADER_BYTES), this.#bytes);
      data = data.subarray(this.#layout.start);
    }
    const whole = data.length - (data.length % this.#layout.frameBytes);
    this.#keep(data.subarray(whole));
    if (whole === 0) return null;
    return downmix(takeWavApart(data.slice(0, whole).buffer, this.#layout));
  }

  #keep(rest: Uint8Array): null {
    this.#rest = rest.slice();
    return null;
  }
}

function joined(first: Uint8Array, second: Uint8Array): Uint8Array<ArrayBuffer> {
  const both = new Uint8Array(first.length + second.length);
  both.set(first);
  both.set(second, first.length);
  return both;
}
