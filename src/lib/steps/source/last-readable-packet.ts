import { EncodedPacketSink, type EncodedPacket, type InputVideoTrack } from 'mediabunny';

/** The last packet of a video track whose bytes are there, and whether the index has more. */
export interface LastReadable {
  packet: EncodedPacket | null;
  isCut: boolean;
}

/** Precision of the search: less than the duration of any picture. */
const CLOSE_SECONDS = 0.001;

/**
 * Finds the end of the readable part of a video track: in a file that was truncated while it was copied or recorded,
 * the index points beyond the end of the file. Packets are stored in the order of time.
 * @param start First timestamp of the track, seconds.
 * @param end End of the track according to the index, seconds.
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
      return null; // Its bytes lie beyond the end of the file.
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
