import { heightOf, packetPeaks } from './packet-peaks.ts';
import { recodeBelow } from './recode-below.ts';
import type { SoundPacket } from './code-stretch.ts';
import type { WavSound } from './wav-sound.ts';

/** Packets that are looked at together: five seconds. */
const WINDOW = 256;
/** Packets of a window that wait for the next one, since what is wrong there may need them changed. */
const KEPT_BACK = 8;
/** Packets around one that is too loud that are coded anew with it, so that the dip lies well inside. */
const AROUND = 3;

/**
 * Passes packets of AAC on whose wave, once decoded, stays below a ceiling. The encoder lifts single peaks by some
 * decibels, one can't know where: so every packet is decoded, and where the wave is too high a few packets are coded
 * anew from a sound with a dip there. What this browser can't decode passes as it is.
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
  let passed: SoundPacket[] = [];
  let count = 0;
  let window: SoundPacket[] = [];

  async function settle(): Promise<void> {
    const before = passed.slice(-1);
    const peaks = config && (await packetPeaks(config, [...before, ...window], ceiling));
    if (!peaks) return;
    for (const [from, to] of placesAbove(peaks.slice(before.length).map(heightOf), ceiling)) {
      const place = { first: count, from, to, window, before, config: config! };
      window = await recodeBelow(place, sound, delaySamples, ceiling);
    }
  }
  function pass(some: number): SoundPacket[] {
    passed = window.splice(0, some);
    count += passed.length;
    return passed;
  }

  for await (const packet of packets) {
    config ??= packet.meta?.decoderConfig;
    window.push(packet);
    if (window.length < WINDOW) continue;
    await settle();
    yield* pass(WINDOW - KEPT_BACK);
  }
  await settle();
  yield* pass(window.length);
}

/** Stretches of packets around those whose peaks lie above the ceiling; stretches that touch are one. */
export function placesAbove(peaks: readonly number[], ceiling: number): [from: number, to: number][] {
  const places: [number, number][] = [];
  for (const [at, peak] of peaks.entries()) {
    if (peak <= ceiling) continue;
    const [from, to] = [Math.max(0, at - AROUND), Math.min(peaks.length, at + AROUND + 1)];
    const last = places.at(-1);
    if (last && from <= last[1]) last[1] = to;
    else places.push([from, to]);
  }
  return places;
}
