import { EncodedPacketSink, type InputVideoTrack } from 'mediabunny';
import type { TimedPacket } from './media-track.ts';

/**
 * The packets of a video track as they are, in decoding order. Pictures before the first key frame can't be shown by
 * anybody and are left out; a file that was cut off ends with its last whole packet.
 * @param shiftSeconds Added to every timestamp.
 */
export async function* copyPictures(
  track: InputVideoTrack,
  shiftSeconds = 0,
): AsyncGenerator<TimedPacket<EncodedVideoChunkMetadata>, void> {
  const decoderConfig = (await track.getDecoderConfig()) ?? undefined;
  const sink = new EncodedPacketSink(track);
  let packet = await sink.getFirstKeyPacket();
  let meta: EncodedVideoChunkMetadata | undefined = { decoderConfig };
  while (packet) {
    const shifted = shiftSeconds ? packet.clone({ timestamp: packet.timestamp + shiftSeconds }) : packet;
    yield meta ? { packet: shifted, meta } : { packet: shifted };
    meta = undefined;
    try {
      packet = await sink.getNextPacket(packet);
    } catch {
      return; // The bytes lie behind the end of the file.
    }
  }
}
