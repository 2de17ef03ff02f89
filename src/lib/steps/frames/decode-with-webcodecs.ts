import { CanvasSink, EncodedPacketSink, type InputVideoTrack } from 'mediabunny';
import type { MissedFrame, DecodedFrame, FrameRequest } from './frame-request.ts';

/** Times of key frames around the requested times, seconds: the last one before each, and the last within reach. */
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
 * Decodes frames, whose times ascend, in one pass and draws them in the given size.
 * Damage costs only the frames that lie in it, not those after it.
 * @returns The requests without a picture.
 */
export async function decodeWithWebCodecs(
  video: InputVideoTrack,
  requests: readonly FrameRequest[],
  [width, height]: readonly [number, number],
  onFrame: (frame: DecodedFrame) => void,
): Promise<MissedFrame[]> {
  const sink = new CanvasSink(video, { width, height, fit: 'fill' });
  const missed: MissedFrame[] = [];
  for (let first = 0; first < requests.length;) {
    const rest = requests.slice(first);
    let done = 0;
    try {
      for await (const picture of sink.canvasesAtTimestamps(rest.map((request) => request.decodeSeconds))) {
        take(rest[done]!, picture);
        done++;
      }
      break;
    } catch {
      // The decoder runs ahead, so the damage may be further on: try this frame alone, then continue after it.
      const request = rest[done]!;
      try {
        take(request, await sink.getCanvas(request.decodeSeconds));
      } catch (error) {
        missed.push({ ...request, reason: (error as Error).message });
      }
      first += done + 1;
    }
  }
  return missed;

  function take(request: FrameRequest, picture: { canvas: unknown; timestamp: number } | null) {
    if (!picture) missed.push({ ...request, reason: 'There is no picture at this time.' });
    else
      onFrame({
        askedSeconds: request.askedSeconds,
        decodeSeconds: request.decodeSeconds,
        takenSeconds: picture.timestamp,
        canvas: picture.canvas as OffscreenCanvas,
      });
  }
}
