import type { Stem } from '#lib/job/entries/soundtrack.ts';
import { downmix } from '#lib/media/audio/downmix.ts';
import { Resampler } from '#lib/media/audio/resampler.ts';
import { SAMPLE_RATE } from '#lib/media/audio/sample-rate.ts';
import { WavFile } from '#lib/media/container/wav-file.ts';
import { StemWriter } from './stem-writer.ts';

/**
 * Stores a WAV file of any format, sample rate and number of channels as a stem, piece by piece.
 * Works only in a dedicated worker.
 * @param onSound Called with the 48 kHz stereo sound, in order.
 * @throws WavError when the file can't be read. @throws StorageFullError
 */
export async function stemFromWav(
  file: Blob,
  onSound: (left: Float32Array, right: Float32Array) => void = () => undefined,
): Promise<Stem> {
  using wav = await WavFile.open(file);
  const { frames, sampleRate } = wav;
  const writer = await StemWriter.open(Math.round((frames * SAMPLE_RATE) / sampleRate));
  const resampler = sampleRate === SAMPLE_RATE ? null : new Resampler(sampleRate, SAMPLE_RATE);
  const write = (left: Float32Array, right: Float32Array) => {
    writer.write(left, right);
    onSound(left, right);
  };
  try {
    for await (const channels of wav.pieces()) {
      const { left, right } = downmix(channels);
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
