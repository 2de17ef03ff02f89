import { EncodedPacket } from 'mediabunny';
import { gainOfDb } from '#lib/media/audio/decibels.ts';
import { SAMPLE_RATE } from '#lib/media/audio/sample-rate.ts';
import type { SoundCodec } from '../choose-container.ts';
import type { SoundTrack } from '../media-track.ts';
import { encodeInParallel } from './encode-in-parallel.ts';
import type { SoundPacket } from './encode-ranges.ts';
import { opusPreSkip, prepareEncoder, type PreparedEncoder } from './encoder-delay.ts';
import { keepBelow } from './keep-below.ts';
import type { WavSound } from './wav-sound.ts';

/** The limit of the film, -1 dBTP, less the difference between AAC decoders, which substitute different noise. */
const CEILING = gainOfDb(-1.3);

/** How a sound is encoded. */
export interface SoundCoding {
  codec: SoundCodec;
  /** Number of encoders at once, if one uses only one core. */
  parallelism: number;
  /** Whether the true peak must stay below the limit: of the mix, but not of other sounds, which are unchanged. */
  isPeakPromised: boolean;
}

/**
 * Encodes a sound in the background. Timestamps are those of the film: the sound's first sample is at `startSeconds`,
 * the encoder's delay is before it, and the last packet ends with the sound.
 * @param isDelayDeclared Whether the container declares the delay of an Opus track, which players then subtract.
 */
export function encodeSound(
  sound: WavSound,
  coding: SoundCoding,
  startSeconds: number,
  isDelayDeclared: boolean,
): Pick<SoundTrack, 'packets' | 'delaySamples'> {
  let delay = 0;
  async function* packets(): AsyncGenerator<SoundPacket, void> {
    const encoder = await prepareEncoder(coding.codec);
    delay = encoder.delaySamples;
    let position = 0;
    for await (const { packet, meta } of code(sound, coding, encoder)) {
      if (position === 0) delay += opusPreSkip(opusHead(meta));
      const left = sound.samples + delay - position;
      if (left <= 0) continue;
      const timestamp = startSeconds + (position - (isDelayDeclared ? 0 : delay)) / SAMPLE_RATE;
      const length = Math.min(left, Math.round(packet.duration * SAMPLE_RATE));
      const placed = new EncodedPacket(packet.data, 'key', timestamp, length / SAMPLE_RATE);
      position += length;
      yield meta ? { packet: placed, meta } : { packet: placed };
    }
  }
  return { packets: packets(), delaySamples: () => delay };
}

/** Packets as the encoders return them. */
function code(
  sound: WavSound,
  { codec, parallelism, isPeakPromised }: SoundCoding,
  { isOurs, delaySamples }: PreparedEncoder,
): AsyncGenerator<SoundPacket, void> {
  const packets = encodeInParallel(sound, codec, isOurs ? parallelism : 1);
  return isPeakPromised && codec === 'aac' ? keepBelow(packets, sound, delaySamples, CEILING) : packets;
}

function opusHead(meta: EncodedAudioChunkMetadata | undefined) {
  return meta?.decoderConfig?.codec === 'opus' ? meta.decoderConfig.description : undefined;
}
