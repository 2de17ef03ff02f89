import { CanvasSink, EncodedPacketSink, type InputVideoTrack } from 'mediabunny';
import type { Missed, Taken, Wish } from './take.ts';

/** Times of the key frames around the asked times, seconds: for each the last one before it and the last within reach. */
export async function keyTimes(
  video: InputVideoTrack,
  asked: readonly number[],
  reachSeconds: number,
): Promise<number[]> {
  const sink = new EncodedPacketSink(video);
  const keys = new Set<number>();
  for (const time of asked) {
    for (const before of [time, time + reachSeconds]) {
      const packet = await sink.getKeyPacket(before, { metadataOnly: true });
      if (packet) keys.add(packet.timestamp);
    }
  }
  return [...keys];
}

/**
 * Decodes the wishes, which ascend in time, in one pass and draws them in the given size.
 * A damaged place costs the wishes that lie in it, not those behind it.
 * @returns The wishes for which there is no picture.
 */
export async function decodeWithWebCodecs(
  video: InputVideoTrack,
  wishes: readonly Wish[],
  [width, height]: readonly [number, number],
  onTaken: (taken: Taken) => void,
): Promise<Missed[]> {
  const sink = new CanvasSink(video, { width, height, fit: 'fill' });
  const missed: Missed[] = [];
  for (let first = 0; first < wishes.length;) {
    const rest = wishes.slice(first);
    let done = 0;
    try {
      for await (const picture of sink.canvasesAtTimestamps(rest.map((wish) => wish.decodeSeconds))) {
        take(rest[done]!, picture);
        done++;
      }
      break;
    } catch {
      // The decoder runs ahead, so the damage may lie behind this wish: ask for it alone, then go on behind it.
      const wish = rest[done]!;
      try {
        take(wish, await sink.getCanvas(wish.decodeSeconds));
      } catch (error) {
        missed.push({ ...wish, reason: (error as Error).message });
      }
      first += done + 1;
    }
  }
  return missed;

  function take(wish: Wish, picture: { canvas: unknown; timestamp: number } | null) {
    if (!picture) missed.push({ ...wish, reason: 'There is no picture at this time.' });
    else
      onTaken({
        askedSeconds: wish.askedSeconds,
        takenSeconds: picture.timestamp,
        canvas: picture.canvas as OffscreenCanvas,
      });
  }
}
