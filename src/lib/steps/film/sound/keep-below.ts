import type { SoundPacket } from './encode-ranges.ts';
import { lowerPeaks } from './lower-peaks.ts';
import type { WavSound } from './wav-sound.ts';

/** Packets that are checked together: eleven seconds. */
const WINDOW = 512;
/** Packets at the end of a window that are kept for the next one, which may have to change them. */
const KEPT_BACK = 8;

/**
 * Passes on packets of AAC whose decoded wave stays below a ceiling. The encoder raises single peaks by some decibels,
 * and it can't be known where: so every packet is decoded, and where the wave may be too high a few packets are encoded
 * again. What this browser can't decode is passed on unchanged.
 * @param sound The source of the packets. @param delaySamples The encoder's delay.
 * @param ceiling Maximum of the continuous wave, 1 at full scale.
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
