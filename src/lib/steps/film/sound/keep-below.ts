import type { SoundPacket } from './code-stretches.ts';
import { lowerPeaks } from './lower-peaks.ts';
import type { WavSound } from './wav-sound.ts';

/** Packets that are looked at together: eleven seconds. */
const WINDOW = 512;
/** Packets of a window that wait for the next one, since what is wrong there may need them changed. */
const KEPT_BACK = 8;

/**
 * Passes packets of AAC on whose wave, once decoded, stays below a ceiling. The encoder lifts single peaks by some
 * decibels, one can't know where: so every packet is decoded, and where the wave may rise too high a few packets are coded
 * anew. What this browser can't decode passes as it is.
 * @param sound What the packets were made of. @param delaySamples What the encoder put before it.
 * @param ceiling Largest magnitude of the wave between samples, 1 at full scale.
 */
export async function* keepBelow(
  packets: AsyncIterable<SoundPacket>,
  sound: WavSound,
  delaySamples: number,
  ceiling: number,
): AsyncGenerator<SoundPacket, void> {
  let config: AudioDecoderConfig | undefined;
  let before: SoundPacket[] = [];
  let first = 0;
  let window: SoundPacket[] = [];

  async function pass(count: number): Promise<SoundPacket[]> {
    if (config)
      window = await lowerPeaks({ packets: window, before, first }, config, sound, delaySamples, ceiling);
    const passed = window.splice(0, count);
    before = passed.slice(-1);
    first += passed.length;
    return passed;
  }

  for await (const packet of packets) {
    config ??= packet.meta?.decoderConfig;
    window.push(packet);
    if (window.length === WINDOW) yield* await pass(WINDOW - KEPT_BACK);
  }
  yield* await pass(window.length);
}
