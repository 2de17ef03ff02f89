/** Size of the header that `wavHeader` writes, bytes. */
export const WAV_HEADER_BYTES = 44;

/** Bytes of one frame (both channels) of a stem. */
export const STEM_FRAME_BYTES = 4;

const LARGEST_BYTES = 0xffffffff;

/** A WAV file is broken or unsupported, or would be too large to write. */
export class WavError extends Error {
  override name = 'WavError';
}

/** The position of the 16-bit samples in a WAV file. */
export interface WavLayout {
  sampleRate: number;
  channels: number;
  /** Byte offset of the samples. */
  start: number;
  /** Bytes of one sample of all channels. */
  frameBytes: number;
  frames: number;
}

/**
 * The header of a 16-bit PCM WAV file.
 * @throws WavError beyond 4 GiB (6 hours of 48 kHz stereo): the format counts its bytes in 32 bits.
 */
export function wavHeader(frames: number, sampleRate: number, channels = 2): Uint8Array {
  const frameBytes = channels * 2;
  const bytes = frames * frameBytes;
  if (bytes + WAV_HEADER_BYTES - 8 > LARGEST_BYTES) {
    const hours = (frames / sampleRate / 3600).toFixed(1);
    throw new WavError(`A WAV file holds at most 4 GiB; ${hours} hours of sound don't fit.`);
  }
  const view = new DataView(new ArrayBuffer(WAV_HEADER_BYTES));
  writeText(view, 0, 'RIFF');
  view.setUint32(4, bytes + WAV_HEADER_BYTES - 8, true);
  writeText(view, 8, 'WAVEfmt ');
  view.setUint32(16, 16, true);
  view.setUint16(20, 1, true);
  view.setUint16(22, channels, true);
  view.setUint32(24, sampleRate, true);
  view.setUint32(28, sampleRate * frameBytes, true);
  view.setUint16(32, frameBytes, true);
  view.setUint16(34, 16, true);
  writeText(view, 36, 'data');
  view.setUint32(40, bytes, true);
  return new Uint8Array(view.buffer);
}

/**
 * Reads the header of a WAV file that this app or ffmpeg wrote; `WavFile` reads other files. A length that a streaming
 * program left open extends to the end of the file.
 * @param head The beginning of the file, at least up to the samples.
 * @param fileBytes Size of the whole file.
 * @throws WavError when it isn't a WAV file with 16-bit samples.
 */
export function readWavHeader(head: Uint8Array, fileBytes: number): WavLayout {
  const view = new DataView(head.buffer, head.byteOffset, head.byteLength);
  if (head.length < 12 || readText(view, 0) !== 'RIFF' || readText(view, 8) !== 'WAVE') {
    throw new WavError('A WAV file was wanted, but this one does not begin like one.');
  }
  let format: Pick<WavLayout, 'sampleRate' | 'channels'> | null = null;
  for (const { name, start, bytes } of wavChunks(head)) {
    if (name === 'fmt ' && start + 16 <= head.length) format = readFormat(view, start, bytes);
    if (name === 'data' && format) {
      const frameBytes = format.channels * 2;
      const there = Math.min(bytes === 0 ? Infinity : bytes, fileBytes - start);
      return { ...format, start, frameBytes, frames: Math.floor(there / frameBytes) };
    }
  }
  throw new WavError('This WAV file has no samples where they should be.');
}

/** The chunks that start in the first bytes of a WAV file: the offset of their content, and its declared length. */
export function* wavChunks(head: Uint8Array): Generator<{ name: string; start: number; bytes: number }> {
  const view = new DataView(head.buffer, head.byteOffset, head.byteLength);
  for (let at = 12; at + 8 <= head.length;) {
    const bytes = view.getUint32(at + 4, true);
    yield { name: readText(view, at), start: at + 8, bytes };
    at += 8 + bytes + (bytes % 2);
  }
}

/** The samples of each channel, full scale at 1, from complete frames of a WAV file. */
export function decodeWavSamples(
  data: ArrayBuffer,
  { channels }: Pick<WavLayout, 'channels'>,
): Float32Array[] {
  const samples = new Int16Array(data);
  return Array.from({ length: channels }, (_, channel) => {
    const side = new Float32Array(samples.length / channels);
    for (let frame = 0, at = channel; frame < side.length; frame++, at += channels) {
      side[frame] = samples[at]! / 32_768;
    }
    return side;
  });
}

function readFormat(view: DataView, at: number, bytes: number) {
  const extensible = view.getUint16(at, true) === 0xfffe && bytes >= 26 && at + 26 <= view.byteLength;
  const code = view.getUint16(extensible ? at + 24 : at, true);
  const bits = view.getUint16(at + 14, true);
  const channels = view.getUint16(at + 2, true);
  if (code !== 1 || bits !== 16 || channels === 0) {
    throw new WavError(
      `A WAV file with 16-bit samples was wanted; this one has format ${code} with ${bits} bits.`,
    );
  }
  return { sampleRate: view.getUint32(at + 4, true), channels };
}

function writeText(view: DataView, at: number, text: string): void {
  for (let index = 0; index < text.length; index++) view.setUint8(at + index, text.charCodeAt(index));
}

function readText(view: DataView, at: number): string {
  return String.fromCharCode(...new Uint8Array(view.buffer, view.byteOffset + at, 4));
}
