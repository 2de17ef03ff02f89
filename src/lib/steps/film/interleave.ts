import type { EncodedPacket } from 'mediabunny';
import type { TimedPacket } from './media-track.ts';

/** Where a track's packets go: one of mediabunny's packet sources. */
interface Sink<Meta> {
  add(packet: EncodedPacket, meta?: Meta): Promise<void>;
  close(): void;
}

/** One track on its way into the file. */
export interface Lane {
  /** Time of the packet that comes next, seconds; Infinity when there is none any more. */
  seconds: number;
  /** Makes sure that the next packet is there, if there is one. */
  fill(): Promise<void>;
  /** Writes the next packet. */
  write(): Promise<void>;
  /** Ends what makes the packets. */
  stop(): Promise<unknown>;
}

/** A lane from what makes packets to where they go. */
export function openLane<Meta>(packets: AsyncIterable<TimedPacket<Meta>, void>, sink: Sink<Meta>): Lane {
  const iterator = packets[Symbol.asyncIterator]();
  let next: TimedPacket<Meta> | null = null;
  let isOver = false;
  const lane: Lane = {
    seconds: Infinity,
    async fill() {
      if (next || isOver) return;
      const result = await iterator.next();
      if (result.done) {
        isOver = true;
        sink.close();
      } else {
        next = result.value;
        lane.seconds = next.packet.timestamp;
      }
    },
    async write() {
      if (!next) return;
      const { packet, meta } = next;
      next = null;
      lane.seconds = Infinity;
      await sink.add(packet, meta);
    },
    stop: async () => iterator.return?.(),
  };
  return lane;
}

/**
 * Writes all lanes to their ends, always the earliest packet first, so that players find sound beside the pictures that
 * it belongs to. Stops all lanes when one fails or the signal aborts.
 * @param onTime Tells the time of each packet that is written, seconds.
 */
export async function interleave(
  lanes: readonly Lane[],
  signal: AbortSignal,
  onTime: (seconds: number) => void,
): Promise<void> {
  try {
    for (;;) {
      signal.throwIfAborted();
      for (const lane of lanes) await lane.fill();
      const earliest = lanes.reduce((first, lane) => (lane.seconds < first.seconds ? lane : first));
      if (earliest.seconds === Infinity) return;
      onTime(earliest.seconds);
      await earliest.write();
    }
  } finally {
    await Promise.allSettled(lanes.map((lane) => lane.stop()));
  }
}
