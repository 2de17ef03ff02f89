import { EncodedPacket } from 'mediabunny';
import type { SoundCodec } from './choose-container.ts';
import { codeInLanes } from './code-in-lanes.ts';
import { opusPreSkip, prepareEncoder } from './encoder-delay.ts';
import type { SoundTrack, TimedPacket } from './media-track.ts';
import { SAMPLE_RATE, type WavSound } from './wav-sound.ts';

type SoundPacket = TimedPacket<EncodedAudioChunkMetadata>;

/** More encoders than this are not worth their memory. */
const MOST_LANES = 4;

/**
 * Codes a sound in the background. The packets carry film time: the sound's first sample is heard at `startSeconds`, the
 * encoder's delay lies before it, and the last packet ends with the sound.
 * @param isDelayTold Whether the container tells players the delay of an Opus track, who then subtract it themselves.
 */
export function encodeSound(
  sound: WavSound,
  codec: SoundCodec,
  startSeconds: number,
  isDelayTold: boolean,
): Pick<SoundTrack, 'packets' | 'delaySamples'> {
  let delay = 0;
  async function* packets(): AsyncGenerator<SoundPacket, void> {
    const encoder = await prepareEncoder(codec);
    delay = encoder.delaySamples;
    const lanes = encoder.isOurs ? Math.min(MOST_LANES, navigator.hardwareConcurrency) : 1;
    let position = 0;
    for await (const { packet, meta } of codeInLanes(sound, codec, lanes)) {
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

function opusHead(meta: EncodedAudioChunkMetadata | undefined) {
  return meta?.decoderConfig?.codec === 'opus' ? meta.decoderConfig.description : undefined;
}
