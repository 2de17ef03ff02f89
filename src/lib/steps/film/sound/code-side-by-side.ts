import type { SoundCodec } from '../choose-container.ts';
import { AAC_FRAME, codeStretches, type SoundPacket } from './code-stretches.ts';
import type { WavSound } from './wav-sound.ts';

/** Most packets that one encoder codes ahead of its turn: a minute, two megabytes. */
const LONGEST_STRETCH = 2816;
/** Fewest packets for which another encoder is opened: three seconds. */
const SHORTEST_STRETCH = 141;

/** How a sound is cut: `count` stretches of `length` packets; the last one has the rest as well. */
export interface StretchPlan {
  count: number;
  length: number;
}

/** Cuts a sound of so many samples so that as many encoders as there are lanes have the same to do. */
export function planStretches(samples: number, lanes: number): StretchPlan {
  const packets = Math.floor(samples / AAC_FRAME);
  const used = Math.max(1, Math.min(lanes, Math.floor(packets / SHORTEST_STRETCH)));
  const count = used === 1 ? 1 : used * Math.ceil(packets / (used * LONGEST_STRETCH));
  return { count, length: Math.floor(packets / count) };
}

/**
 * Codes a sound with several encoders at once, since one uses only one core: stretch after stretch, while the next ones
 * are being coded. With one lane it is coded in one go, by any codec.
 */
export async function* codeSideBySide(
  sound: WavSound,
  codec: SoundCodec,
  lanes: number,
): AsyncGenerator<SoundPacket, void> {
  const { count, length } = planStretches(sound.samples, lanes);
  const open = (stretch: number) => {
    const to = stretch === count - 1 ? Infinity : (stretch + 1) * length;
    return ahead(codeStretches(sound, codec, [{ from: stretch * length, to }])).getReader();
  };
  const readers = [];
  try {
    for (let stretch = 0, opened = 0; stretch < count; stretch++) {
      while (opened < Math.min(count, stretch + lanes)) readers.push(open(opened++));
      const reader = readers[0]!;
      for (let next = await reader.read(); !next.done; next = await reader.read()) yield next.value;
      readers.shift();
    }
  } finally {
    await Promise.all(readers.map((reader) => reader.cancel()));
  }
}

/** Works ahead of its reader, up to a bound. */
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
    { highWaterMark: LONGEST_STRETCH },
  );
}
