import { EncodedPacketSink, type InputVideoTrack } from 'mediabunny';

/**
 * Where the readable part of a video track ends, seconds: `end` for a whole file; for one that was cut off while it was
 * copied, the end of the last packet whose bytes are there. Packets lie in the order of their time.
 */
export async function lastReadableSeconds(
  video: InputVideoTrack,
  start: number,
  end: number,
): Promise<number> {
  const sink = new EncodedPacketSink(video);
  const packetAt = async (seconds: number) => {
    try {
      return await sink.getPacket(seconds);
    } catch {
      return null; // The bytes lie behind the end of the file.
    }
  };
  const last = await packetAt(end);
  if (last) return end;
  let readable = await packetAt(start);
  let low = start;
  let high = end;
  while (high - low > 0.001) {
    const middle = (low + high) / 2;
    const packet = await packetAt(middle);
    if (packet) {
      readable = packet;
      low = middle;
    } else high = middle;
  }
  return readable ? readable.timestamp + readable.duration : start;
}
