import type { SoundCodec } from '../choose-container.ts';
import { AAC_FRAME, encodeRanges, type SoundPacket } from './encode-ranges.ts';
import type { WavSound } from './wav-sound.ts';

/** Maximum number of packets that one encoder encodes ahead of its turn: a minute, two megabytes. */
const LONGEST_RANGE = 2816;
/** Minimum number of packets for another encoder: three seconds. */
const SHORTEST_RANGE = 141;

/** How a sound is divided: `count` ranges of `length` packets; the last one also has the rest. */
export interface RangePlan {
  count: number;
  length: number;
}

/** Divides a sound evenly among the encoders. */
export function planRanges(samples: number, parallelism: number): RangePlan {
  const packets = Math.floor(samples / AAC_FRAME);
  const used = Math.max(1, Math.min(parallelism, Math.floor(packets / SHORTEST_RANGE)));
  const count = used === 1 ? 1 : used * Math.ceil(packets / (used * LONGEST_RANGE));
  return { count, length: Math.floor(packets / count) };
}

/**
 * Encodes a sound with several encoders at once, since each uses only one core: range after range, while the next ones
 * are being encoded. Without parallelism it is encoded in one go, with any codec.
 */
export async function* encodeInParallel(
  sound: WavSound,
  codec: SoundCodec,
  parallelism: number,
): AsyncGenerator<SoundPacket, void> {
  const { count, length } = planRanges(sound.samples, parallelism);
  const open = (range: number) => {
    const to = range === count - 1 ? Infinity : (range + 1) * length;
    return ahead(encodeRanges(sound, codec, [{ from: range * length, to }])).getReader();
  };
  const readers = [];
  try {
    for (let range = 0, opened = 0; range < count; range++) {
      while (opened < Math.min(count, range + parallelism)) readers.push(open(opened++));
      const reader = readers[0]!;
      for (let next = await reader.read(); !next.done; next = await reader.read()) yield next.value;
      readers.shift();
    }
  } finally {
    await Promise.all(readers.map((reader) => reader.cancel()));
  }
}

/** Reads ahead, up to a limit. */
function ahead(packets: AsyncGenerator<SoundPacket, void>): ReadableStream<SoundPacket> {
  return new ReadableStream<SoundPacket>(
    {
      async pull(controller) {
        const next = await packets.next();
        if (next.done) controller.close();
        else controller.enqueue(next.value);
      },
      cancel: async () => void (await packets.return()),
    },
    { highWaterMark: LONGEST_RANGE },
  );
}
