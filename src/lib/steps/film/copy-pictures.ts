import { EncodedPacketSink, type InputVideoTrack } from 'mediabunny';
import type { TimedPacket } from './media-track.ts';

/**
 * The packets of a video track as they are, in decoding order. Pictures before the first key frame can't be shown by
 * anybody and are left out; a file that was cut off ends with its last whole packet.
 */
export async function* copyPictures(
  track: InputVideoTrack,
): AsyncGenerator<TimedPacket<EncodedVideoChunkMetadata>> {
  const decoderConfig = (await track.getDecoderConfig()) ?? undefined;
  const sink = new EncodedPacketSink(track);
  let packet = await sink.getFirstKeyPacket();
  let meta: EncodedVideoChunkMetadata | undefined = { decoderConfig };
  while (packet) {
    yield meta ? { packet, meta } : { packet };
    meta = undefined;
    try {
      packet = await sink.getNextPacket(packet);
    } catch {
      return; // The bytes lie behind the end of the file.
    }
  }
}
