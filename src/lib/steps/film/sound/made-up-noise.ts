import { SAMPLE_RATE } from '#lib/media/audio/sample-rate.ts';
import { codeStretches, type SoundPacket } from './code-stretches.ts';
import type { WavSound } from './wav-sound.ts';

/** So few bits that the encoder has the decoder make up most of it. */
const BITS_PER_SECOND = 64_000;
const SAMPLES = SAMPLE_RATE / 4;

let packets: Promise<SoundPacket[]> | null = null;

/**
 * Packets of AAC behind which a decoder makes up other noise than without them (perceptual noise substitution, ISO/IEC
 * 14496-3, 4.6.13: bands that sound like noise are told as an energy alone). Coded once.
 */
export function madeUpNoise(): Promise<SoundPacket[]> {
  packets ??= Array.fromAsync(codeStretches(whiteNoise(), 'aac', undefined, BITS_PER_SECOND));
  return packets;
}

function whiteNoise(): WavSound {
  const pcm = Int16Array.from({ length: SAMPLES * 2 }, () => (Math.random() - 0.5) * 20_000);
  return { samples: SAMPLES, read: (from, to) => Promise.resolve(pcm.slice(from * 2, to * 2)) };
}
