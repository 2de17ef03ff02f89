import type { SoundCodec } from './choose-container.ts';
import type { TimedPacket } from './media-track.ts';
import { SoundEncoder } from './sound-encoder.ts';
import type { WavSound } from './wav-sound.ts';

type SoundPacket = TimedPacket<EncodedAudioChunkMetadata>;

/** Samples of an AAC-LC packet. */
const FRAME = 1024;
/** Most packets that come from one lane before the next has its turn: 8 s. */
const LONGEST_STRETCH = 375;
/** Fewest packets for which another encoder is opened. */
const SHORTEST_STRETCH = 128;
/** Frames that an encoder hears before a stretch to find into it, and behind it since it looks ahead. */
const GUARD = 16;
/** Packets that a lane may be ahead: about half a megabyte. */
const PACKETS_AHEAD = 2 * LONGEST_STRETCH;
/** Samples that are coded at a time. */
const PIECE = 46 * FRAME;

/** How a sound is shared out: stretch k, of `length` packets, is coded by lane k modulo `lanes`. */
export interface LanePlan {
  lanes: number;
  stretches: number;
  /** Packets of a stretch; the last one has the rest as well. */
  length: number;
}

/** Shares out a sound of so many samples so that all lanes have as much to do. */
export function planLanes(samples: number, most: number): LanePlan {
  const packets = Math.floor(samples / FRAME);
  const lanes = Math.max(1, Math.min(most, Math.floor(packets / SHORTEST_STRETCH)));
  const stretches = lanes === 1 ? 1 : lanes * Math.ceil(packets / (lanes * LONGEST_STRETCH));
  return { lanes, stretches, length: Math.floor(packets / stretches) };
}

/**
 * Codes a sound with several encoders side by side, for an encoder that uses only one core. Each lane codes every n-th
 * stretch; a packet of AAC overlaps its neighbours only, so stretches that were coded with a guard around them join
 * without a seam. With one lane the sound is coded in one go, by any codec.
 */
export async function* codeInLanes(
  sound: WavSound,
  codec: SoundCodec,
  most: number,
): AsyncGenerator<SoundPacket, void> {
  const plan = planLanes(sound.samples, most);
  const readers = Array.from({ length: plan.lanes }, (_, lane) =>
    ahead(codeLane(sound, codec, lane, plan)).getReader(),
  );
  try {
    for (let stretch = 0; stretch < plan.stretches; stretch++) {
      const isLast = stretch === plan.stretches - 1;
      for (let count = 0; isLast || count < plan.length; count++) {
        const next = await readers[stretch % plan.lanes]!.read();
        if (next.done) return;
        yield next.value;
      }
    }
  } finally {
    await Promise.all(readers.map((reader) => reader.cancel()));
  }
}

/** The packets of the stretches of one lane. */
async function* codeLane(
  sound: WavSound,
  codec: SoundCodec,
  lane: number,
  { lanes, stretches, length }: LanePlan,
): AsyncGenerator<SoundPacket, void> {
  const encoder = await SoundEncoder.open(codec);
  let isFinished = false;
  /** Packets that came so far, and which are kept, counted from the first that comes. */
  let came = 0;
  const wanted: { from: number; to: number }[] = [];
  const isWanted = (index: number) => wanted.some(({ from, to }) => index >= from && index < to);
  const kept = (packets: SoundPacket[]) => packets.filter(() => isWanted(came++));
  try {
    for (let stretch = lane, fed = 0; stretch < stretches; stretch += lanes) {
      const isLast = stretch === stretches - 1;
      const first = Math.max(0, stretch * length - GUARD);
      const end = isLast ? sound.samples : ((stretch + 1) * length + GUARD) * FRAME;
      const from = fed + stretch * length - first;
      wanted.push({ from, to: isLast ? Infinity : from + length });
      for (let at = first * FRAME; at < end; at += PIECE) {
        yield* kept(await encoder.add(await sound.read(at, Math.min(end, at + PIECE))));
      }
      fed += end / FRAME - first;
    }
    isFinished = true;
    yield* kept(await encoder.finish());
  } finally {
    if (!isFinished) await encoder.cancel();
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
    { highWaterMark: PACKETS_AHEAD },
  );
}
