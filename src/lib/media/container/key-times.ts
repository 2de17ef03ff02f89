import { EncodedPacketSink, type InputVideoTrack } from 'mediabunny';

/**
 * The times of the key frames of a video track, seconds, ascending. Nothing is decoded, but containers without an index are
 * read from beginning to end.
 * @param isEnough Ends the list early.
 */
export async function listKeyTimes(video: InputVideoTrack, isEnough: () => boolean): Promise<number[]> {
  const sink = new EncodedPacketSink(video);
  const times: number[] = [];
  let packet = await sink.getFirstKeyPacket({ metadataOnly: true });
  while (packet && !isEnough()) {
    times.push(packet.timestamp);
    packet = await sink.getNextKeyPacket(packet, { metadataOnly: true });
  }
  return times;
}
