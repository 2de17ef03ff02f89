import type { SoundCodec } from '../choose-container.ts';
import type { TimedPacket } from '../media-track.ts';
import { SoundEncoder } from './sound-encoder.ts';
import type { WavSound } from './wav-sound.ts';

/** An encoded packet; the first one of an encoder has the decoder's configuration. */
export type SoundPacket = TimedPacket<EncodedAudioChunkMetadata>;

/** Samples per packet of AAC-LC; each packet overlaps the one before by half. */
export const AAC_FRAME = 1024;

/** The packets `from` to just before `to` of a sound; Infinity means its end. */
export interface PacketRange {
  from: number;
  to: number;
}

/** Packets that are encoded before a range, so that the encoder settles, and after it, for its look-ahead. */
const GUARD = 16;
/** Samples that are encoded at a time. */
const PIECE = 46 * AAC_FRAME;

/**
 * Encodes ranges of a sound, in order, with one encoder. An AAC packet depends only on its neighbours, so with some
 * packets around them ranges fit to what was encoded before. Opus can only be encoded from beginning to end.
 * @param bitsPerSecond In place of the codec's usual bit rate.
 */
export async function* encodeRanges(
  sound: WavSound,
  codec: SoundCodec,
  ranges: readonly PacketRange[] = [{ from: 0, to: Infinity }],
  bitsPerSecond?: number,
): AsyncGenerator<SoundPacket, void> {
  const encoder = await SoundEncoder.open(codec, bitsPerSecond);
  let isFinished = false;
  /** Frames fed in, packets returned, and the range to keep, counted from the encoder's first packet. */
  let fed = 0;
  let came = 0;
  const wanted: PacketRange[] = [];
  const kept = (packets: SoundPacket[]) =>
    packets.filter(() => {
      const at = came++;
      return wanted.some(({ from, to }) => at >= from && at < to);
    });
  try {
    for (const { from, to } of ranges) {
      const first = Math.max(0, from - GUARD);
      // Only the last input may be a part of a frame.
      const isLast = to === ranges.at(-1)!.to;
      const samples = isLast ? sound.samples : Math.floor(sound.samples / AAC_FRAME) * AAC_FRAME;
      const end = Math.min(samples, (to + GUARD) * AAC_FRAME);
      wanted.push({ from: fed + from - first, to: fed + to - first });
      for (let at = first * AAC_FRAME; at < end; at += PIECE) {
        yield* kept(await encoder.add(await sound.read(at, Math.min(end, at + PIECE))));
      }
      fed += end / AAC_FRAME - first;
    }
    isFinished = true;
    yield* kept(await encoder.finish());
  } finally {
    if (!isFinished) await encoder.cancel();
  }
}
