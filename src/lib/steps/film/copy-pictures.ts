import { EncodedPacketSink, type InputVideoTrack } from 'mediabunny';
import type { TimedPacket } from './media-track.ts';

/**
 * The packets of a video track, unchanged and in decoding order. Pictures before the first key frame can't be decoded
 * and are left out; a truncated file ends with its last complete packet.
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
