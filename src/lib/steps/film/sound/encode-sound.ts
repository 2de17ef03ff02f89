import { EncodedPacket } from 'mediabunny';
import { gainOfDb } from '#lib/media/audio/decibels.ts';
import { SAMPLE_RATE } from '#lib/media/audio/sample-rate.ts';
import type { SoundCodec } from '../choose-container.ts';
import type { SoundTrack } from '../media-track.ts';
import { codeSideBySide } from './code-side-by-side.ts';
import type { SoundPacket } from './code-stretches.ts';
import { opusPreSkip, prepareEncoder, type PreparedEncoder } from './encoder-delay.ts';
import { keepBelow } from './keep-below.ts';
import type { WavSound } from './wav-sound.ts';

/** What a film promises, -1 dBTP, less what decoders differ by: AAC leaves it to them to fill in some noise. */
const CEILING = gainOfDb(-1.3);

/** How a sound is coded. */
export interface SoundCoding {
  codec: SoundCodec;
  /** Encoders at once, where one uses only one core. */
  lanes: number;
  /** Whether the film promises its true peak: a mix was made for it, other sounds are as they are. */
  isPeakPromised: boolean;
}

/**
 * Codes a sound in the background. The packets carry film time: the sound's first sample is heard at `startSeconds`, the
 * encoder's delay lies before it, and the last packet ends with the sound.
 * @param isDelayTold Whether the container tells players the delay of an Opus track, who then subtract it themselves.
 */
export function encodeSound(
  sound: WavSound,
  coding: SoundCoding,
  startSeconds: number,
  isDelayTold: boolean,
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
      const timestamp = startSeconds + (position - (isDelayTold ? 0 : delay)) / SAMPLE_RATE;
      const length = Math.min(left, Math.round(packet.duration * SAMPLE_RATE));
      const placed = new EncodedPacket(packet.data, 'key', timestamp, length / SAMPLE_RATE);
      position += length;
      yield meta ? { packet: placed, meta } : { packet: placed };
    }
  }
  return { packets: packets(), delaySamples: () => delay };
}

/** Packets straight from the encoders. */
function code(
  sound: WavSound,
  { codec, lanes, isPeakPromised }: SoundCoding,
  { isOurs, delaySamples }: PreparedEncoder,
): AsyncGenerator<SoundPacket, void> {
  const packets = codeSideBySide(sound, codec, isOurs ? lanes : 1);
  return isPeakPromised && codec === 'aac' ? keepBelow(packets, sound, delaySamples, CEILING) : packets;
}

function opusHead(meta: EncodedAudioChunkMetadata | undefined) {
  return meta?.decoderConfig?.codec === 'opus' ? meta.decoderConfig.description : undefined;
}
