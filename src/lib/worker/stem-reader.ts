import type { Stem } from '#lib/job/entries/soundtrack.ts';
import { decodePcm16 } from '#lib/media/audio/pcm16.ts';
import type { Stereo } from '#lib/media/audio/stereo-queue.ts';
import { STEM_FRAME_BYTES, WAV_HEADER_BYTES } from '#lib/media/audio/wav.ts';
import { readBlob } from './blob-store.ts';

/**
 * A section of a stem from the blob store, read from disk; silence beyond its ends. Works in pages and in workers.
 * @param start First sample, @param count samples per channel, both at 48 kHz.
 * @throws BlobMissingError when the store doesn't have the stem any more.
 */
export async function readStem(stem: Stem, start: number, count: number): Promise<Stereo> {
  const file = await readBlob(stem.blob);
  const first = Math.min(stem.samples, Math.max(0, start));
  const pcm = await readStemPcm(file, first, Math.min(stem.samples, start + count) - first);
  const left = new Float32Array(count);
  const right = new Float32Array(count);
  decodePcm16(pcm, left.subarray(first - start), right.subarray(first - start));
  return { left, right };
}

/** Interleaved 16-bit stereo samples of a stem's file: `count` frames from frame `start`, all inside it. */
export async function readStemPcm(file: Blob, start: number, count: number): Promise<Int16Array> {
  if (count <= 0) return new Int16Array(0);
  const from = WAV_HEADER_BYTES + start * STEM_FRAME_BYTES;
  return new Int16Array(await file.slice(from, from + count * STEM_FRAME_BYTES).arrayBuffer());
}
