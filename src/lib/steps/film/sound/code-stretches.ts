import type { SoundCodec } from '../choose-container.ts';
import type { TimedPacket } from '../media-track.ts';
import { SoundEncoder } from './sound-encoder.ts';
import type { WavSound } from './wav-sound.ts';

/** A coded packet; the first of an encoder brings the decoder's configuration. */
export type SoundPacket = TimedPacket<EncodedAudioChunkMetadata>;

/** Samples of a packet of AAC-LC, which overlaps the one before it by half. */
export const AAC_FRAME = 1024;

/** The packets `from` to just before `to` of a sound; to its end with Infinity. */
export interface Stretch {
  from: number;
  to: number;
}

/** Frames that an encoder hears before a stretch to find into it, and behind it since it looks ahead. */
const GUARD = 16;
/** Samples that are coded at a time. */
const PIECE = 46 * AAC_FRAME;

/**
 * Codes stretches of a sound, in their order, with one encoder. Packets of AAC hang together with their neighbours only, so
 * with a guard around them they join what was coded before. Opus is coded from the beginning to the end.
 * @param bitsPerSecond Another rate than the usual one of the codec.
 */
export async function* codeStretches(
  sound: WavSound,
  codec: SoundCodec,
  stretches: readonly Stretch[] = [{ from: 0, to: Infinity }],
  bitsPerSecond?: number,
): AsyncGenerator<SoundPacket, void> {
  const encoder = await SoundEncoder.open(codec, bitsPerSecond);
  let isFinished = false;
  /** Frames that went in, packets that came out, and which of those are kept, counted from the encoder's first. */
  let fed = 0;
  let came = 0;
  const wanted: Stretch[] = [];
  const kept = (packets: SoundPacket[]) =>
    packets.filter(() => {
      const at = came++;
      return wanted.some(({ from, to }) => at >= from && at < to);
    });
  try {
    for (const { from, to } of stretches) {
      const first = Math.max(0, from - GUARD);
      // A part of a frame may only come last.
      const isLast = to === stretches.at(-1)!.to;
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
