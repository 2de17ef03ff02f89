import { SAMPLE_RATE } from '#lib/media/audio/sample-rate.ts';
import { encodeRanges, type SoundPacket } from './encode-ranges.ts';
import type { WavSound } from './wav-sound.ts';

/** So few bits that the encoder substitutes most of the noise. */
const BITS_PER_SECOND = 64_000;
const SAMPLES = SAMPLE_RATE / 4;

let packets: Promise<SoundPacket[]> | null = null;

/**
 * Packets of AAC after which a decoder substitutes other noise than without them (perceptual noise substitution,
 * ISO/IEC 14496-3, 4.6.13: only the energy of noise-like bands is stored). Encoded once.
 */
export function madeUpNoise(): Promise<SoundPacket[]> {
  packets ??= Array.fromAsync(encodeRanges(whiteNoise(), 'aac', undefined, BITS_PER_SECOND));
  return packets;
}

function whiteNoise(): WavSound {
  const pcm = Int16Array.from({ length: SAMPLES * 2 }, () => (Math.random() - 0.5) * 20_000);
  return { samples: SAMPLES, read: (from, to) => Promise.resolve(pcm.slice(from * 2, to * 2)) };
}
