import type { SoundCodec } from '../choose-container.ts';
import type { TimedPacket } from '../media-track.ts';
import { SoundEncoder } from './sound-encoder.ts';
import type { WavSound } from './wav-sound.ts';

/** A coded packet; the first of an encoder brings the decoder's configuration. */
export type SoundPacket = TimedPacket<EncodedAudioChunkMetadata>;

/** Samples of a packet of AAC-LC, which overlaps the one before it by half. */
export const AAC_FRAME = 1024;

/** Frames that an encoder hears before a stretch to find into it, and behind it since it looks ahead. */
const GUARD = 16;
/** Samples that are coded at a time. */
const PIECE = 46 * AAC_FRAME;

/**
 * Codes the packets `from` to just before `to` of a sound with an encoder of their own; to its end with Infinity.
 * Packets of AAC hang together with their neighbours only, so with a guard around them they join what was coded before.
 * Opus is coded from the beginning to the end.
 */
export async function* codeStretch(
  sound: WavSound,
  codec: SoundCodec,
  from = 0,
  to = Infinity,
  bitsPerSecond?: number,
): AsyncGenerator<SoundPacket, void> {
  const encoder = await SoundEncoder.open(codec, bitsPerSecond);
  let isFinished = false;
  let index = Math.max(0, from - GUARD);
  const kept = (packets: SoundPacket[]) =>
    packets.filter(() => {
      const at = index++;
      return at >= from && at < to;
    });
  const end = Math.min(sound.samples, (to + GUARD) * AAC_FRAME);
  try {
    for (let at = index * AAC_FRAME; at < end; at += PIECE) {
      yield* kept(await encoder.add(await sound.read(at, Math.min(end, at + PIECE))));
    }
    isFinished = true;
    yield* kept(await encoder.finish());
  } finally {
    if (!isFinished) await encoder.cancel();
  }
}
