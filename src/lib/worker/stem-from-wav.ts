import type { Stem } from '#lib/job/entries/soundtrack.ts';
import { downmix } from '#lib/media/audio/downmix.ts';
import { Resampler } from '#lib/media/audio/resampler.ts';
import { SAMPLE_RATE } from '#lib/media/audio/sample-rate.ts';
import { readWavHeader, takeWavApart } from '#lib/media/audio/wav.ts';
import { StemWriter } from './stem-writer.ts';

/** The samples begin within this many bytes of any sensible WAV file. */
const HEAD_BYTES = 1 << 16;
const PIECE_FRAMES = 96_000;

/**
 * Brings a WAV file of any rate and number of channels into the blob store as a stem, two seconds at a time.
 * Works only in a dedicated worker.
 * @param onSound Gets the 48 kHz stereo too, in order.
 * @throws WavError when the file is none that can be read. @throws StorageFullError
 */
export async function stemFromWav(
  file: Blob,
  onSound: (left: Float32Array, right: Float32Array) => void = () => undefined,
): Promise<Stem> {
  const layout = readWavHeader(new Uint8Array(await file.slice(0, HEAD_BYTES).arrayBuffer()), file.size);
  const { frames, sampleRate, start, frameBytes } = layout;
  const writer = await StemWriter.open(Math.round((frames * SAMPLE_RATE) / sampleRate));
  const resampler = sampleRate === SAMPLE_RATE ? null : new Resampler(sampleRate, SAMPLE_RATE);
  const write = (left: Float32Array, right: Float32Array) => {
    writer.write(left, right);
    onSound(left, right);
  };
  try {
    for (let frame = 0; frame < frames; frame += PIECE_FRAMES) {
      const from = start + frame * frameBytes;
      const to = start + Math.min(frames, frame + PIECE_FRAMES) * frameBytes;
      const { left, right } = downmix(takeWavApart(await file.slice(from, to).arrayBuffer(), layout));
      const ready = resampler?.push(left, right) ?? { left, right };
      write(ready.left, ready.right);
    }
    const rest = resampler?.finish();
    if (rest) write(rest.left, rest.right);
    return await writer.close();
  } finally {
    await writer.discard();
  }
}
