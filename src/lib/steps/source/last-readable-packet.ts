import { EncodedPacketSink, type EncodedPacket, type InputVideoTrack } from 'mediabunny';

/** The last packet of a video track whose bytes are there, and whether more packets were told than that. */
export interface LastReadable {
  packet: EncodedPacket | null;
  isCut: boolean;
}

/** How close to the cut the search goes: less than any picture lasts. */
const CLOSE_SECONDS = 0.001;

/**
 * Finds where the readable part of a video track ends: for a file that was cut off while it was copied or recorded,
 * the index tells of packets behind the end of the file. Packets lie in the order of their time.
 * @param start First timestamp of the track, seconds.
 * @param end Where the track ends by its index, seconds.
 */
export async function lastReadablePacket(
  video: InputVideoTrack,
  start: number,
  end: number,
): Promise<LastReadable> {
  const sink = new EncodedPacketSink(video);
  const packetAt = async (seconds: number) => {
    try {
      return await sink.getPacket(seconds);
    } catch {
      return null; // The bytes lie behind the end of the file.
    }
  };
  const last = await packetAt(end);
  if (last) return { packet: last, isCut: false };
  let packet = await packetAt(start);
  let [low, high] = [start, end];
  while (high - low > CLOSE_SECONDS) {
    const middle = (low + high) / 2;
    const found = await packetAt(middle);
    if (found) [packet, low] = [found, middle];
    else high = middle;
  }
  return { packet, isCut: true };
}
