import { EncodedPacket } from 'mediabunny';
import type { SoundCodec } from './choose-container.ts';
import { opusPreSkip, prepareEncoder } from './encoder-delay.ts';
import type { SoundTrack, TimedPacket } from './media-track.ts';
import { SoundEncoder } from './sound-encoder.ts';
import { SAMPLE_RATE, type WavSound } from './wav-sound.ts';

type SoundPacket = TimedPacket<EncodedAudioChunkMetadata>;

/** Samples that are coded at a time. */
const PIECE = SAMPLE_RATE;
/** Packets that may wait for the pictures: about a minute and a half, two megabytes. */
const PACKETS_AHEAD = 4096;

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
    const coded = encodeAhead(sound, codec).getReader();
    let position = 0;
    try {
      delay = await prepareEncoder(codec);
      for (let next = await coded.read(); !next.done; next = await coded.read()) {
        const { packet, meta } = next.value;
        if (position === 0) delay += opusPreSkip(opusHead(meta));
        const left = sound.samples + delay - position;
        if (left <= 0) continue;
        const timestamp = startSeconds + (position - (isDelayTold ? 0 : delay)) / SAMPLE_RATE;
        const length = Math.min(left, Math.round(packet.duration * SAMPLE_RATE));
        const placed = new EncodedPacket(packet.data, 'key', timestamp, length / SAMPLE_RATE);
        position += length;
        yield meta ? { packet: placed, meta } : { packet: placed };
      }
    } finally {
      await coded.cancel();
    }
  }
  return { packets: packets(), delaySamples: () => delay };
}

/** Packets straight from the encoder, which works as far ahead as the reader lets it. */
function encodeAhead(sound: WavSound, codec: SoundCodec): ReadableStream<SoundPacket> {
  let encoder: SoundEncoder | undefined;
  let at = 0;
  return new ReadableStream<SoundPacket>(
    {
      async start() {
        await prepareEncoder(codec);
        encoder = await SoundEncoder.open(codec);
      },
      async pull(controller) {
        // A stream is pulled again only after something came out, and encoders hold back their first packets.
        for (let coded: SoundPacket[] = []; coded.length === 0; at += PIECE) {
          const isOver = at >= sound.samples;
          coded = isOver ? await encoder!.finish() : await encoder!.add(await sound.read(at, at + PIECE));
          for (const packet of coded) controller.enqueue(packet);
          if (isOver) return controller.close();
        }
      },
      // There is no encoder yet when it could not be opened: that error is the one to be told.
      cancel: () => encoder?.cancel(),
    },
    { highWaterMark: PACKETS_AHEAD },
  );
}

function opusHead(meta: EncodedAudioChunkMetadata | undefined) {
  return meta?.decoderConfig?.codec === 'opus' ? meta.decoderConfig.description : undefined;
}
