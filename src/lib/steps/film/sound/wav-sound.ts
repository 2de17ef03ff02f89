import { SAMPLE_RATE } from '#lib/media/audio/sample-rate.ts';
import { readWavHeader } from '#lib/media/audio/wav.ts';
import { FilmError } from '../film-request.ts';

const CHANNELS = 2;
const FRAME_BYTES = 2 * CHANNELS;
const HEAD_BYTES = 4096;

/** A sound in a WAV file, read piece by piece. */
export interface WavSound {
  /** Samples per channel. */
  samples: number;
  /** Interleaved samples from frame `from` up to `to` or the end. */
  read(from: number, to: number): Promise<Int16Array<ArrayBuffer>>;
}

/**
 * Opens a 48 kHz stereo 16-bit WAV.
 * @throws WavError, FilmError when it is something else.
 */
export async function openWav(file: Blob): Promise<WavSound> {
  const head = new Uint8Array(await file.slice(0, HEAD_BYTES).arrayBuffer());
  const layout = readWavHeader(head, file.size);
  const { sampleRate, channels, start, frames } = layout;
  if (sampleRate !== SAMPLE_RATE || channels !== CHANNELS) {
    throw new FilmError(
      `A film needs its sound as 48 kHz stereo WAV with 16 bits; this one has ${sampleRate} Hz and ${channels} channels.`,
    );
  }
  return {
    samples: frames,
    async read(from, to) {
      const end = Math.min(to, frames);
      const bytes = file.slice(start + from * FRAME_BYTES, start + end * FRAME_BYTES);
      return new Int16Array(await bytes.arrayBuffer());
    },
  };
}
