import type { EncodedPacket } from 'mediabunny';
import type { TimedPacket } from './media-track.ts';

/** One of mediabunny's packet sources. */
interface Sink<Meta> {
  add(packet: EncodedPacket, meta?: Meta): Promise<void>;
  close(): void;
}

/** Writes one track into the file. */
export interface TrackWriter {
  /** Time of the next packet, seconds; Infinity after the last one. */
  seconds: number;
  /** Gets the next packet, if there is one. */
  fill(): Promise<void>;
  /** Writes the next packet. */
  write(): Promise<void>;
  /** Stops the source of the packets. */
  stop(): Promise<unknown>;
}

/** A writer that takes packets from an iterable. */
export function openTrackWriter<Meta>(
  packets: AsyncIterable<TimedPacket<Meta>, void>,
  sink: Sink<Meta>,
): TrackWriter {
  const iterator = packets[Symbol.asyncIterator]();
  let next: TimedPacket<Meta> | null = null;
  let isDone = false;
  const writer: TrackWriter = {
    seconds: Infinity,
    async fill() {
      if (next || isDone) return;
      const result = await iterator.next();
      if (result.done) {
        isDone = true;
        sink.close();
      } else {
        next = result.value;
        writer.seconds = next.packet.timestamp;
      }
    },
    async write() {
      if (!next) return;
      const { packet, meta } = next;
      next = null;
      writer.seconds = Infinity;
      await sink.add(packet, meta);
    },
    stop: async () => iterator.return?.(),
  };
  return writer;
}

/**
 * Writes all tracks to their ends, always the earliest packet first, so that sound and pictures of the same time are
 * close to each other. Stops all writers when one fails or the signal aborts.
 * @param onTime Reports the time of each packet that is written, seconds.
 */
export async function interleave(
  writers: readonly TrackWriter[],
  signal: AbortSignal,
  onTime: (seconds: number) => void,
): Promise<void> {
  try {
    for (;;) {
      signal.throwIfAborted();
      for (const writer of writers) await writer.fill();
      const earliest = writers.reduce((first, writer) => (writer.seconds < first.seconds ? writer : first));
      if (earliest.seconds === Infinity) return;
      onTime(earliest.seconds);
      await earliest.write();
    }
  } finally {
    await Promise.allSettled(writers.map((writer) => writer.stop()));
  }
}
