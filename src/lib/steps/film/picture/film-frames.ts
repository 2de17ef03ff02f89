import type { VideoCodec } from 'mediabunny';
import type { TimedPacket } from '../media-track.ts';
import { kenBurnsView } from './movement.ts';
import { FRAME_RATE, KEY_SECONDS, PictureEncoder } from './picture-encoder.ts';
import { context2d, type Stage } from './stage.ts';

type PicturePacket = TimedPacket<EncodedVideoChunkMetadata>;

/** Packets that may wait for the sound: two seconds. */
const PACKETS_AHEAD = 2 * FRAME_RATE;

/**
 * The packets of a clip that moves gently over a picture, coded as far ahead as the reader lets it. Every frame is drawn
 * from the same large picture at fractions of pixels, so that nothing trembles.
 */
export async function* filmMoving(
  stage: Stage,
  codec: VideoCodec,
  seconds: number,
): AsyncGenerator<PicturePacket, void> {
  const frame = new OffscreenCanvas(stage.clip.width, stage.clip.height);
  const context = context2d(frame);
  const draw = (index: number) => {
    const { x, y, width, height } = kenBurnsView(stage.canvas, stage.focus, index / FRAME_RATE, seconds);
    context.drawImage(stage.canvas, x, y, width, height, 0, 0, frame.width, frame.height);
    return frame;
  };
  const packets = encodeAhead(codec, frameCount(seconds), draw).getReader();
  try {
    for (let next = await packets.read(); !next.done; next = await packets.read()) {
      yield upTo(next.value, seconds);
    }
  } finally {
    await packets.cancel();
  }
}

/**
 * The packets of a clip in which a picture stands still: the frames from one key frame to the next are coded once and
 * repeated, which players take like any other film.
 */
export async function* filmStill(
  stage: Stage,
  codec: VideoCodec,
  seconds: number,
): AsyncGenerator<PicturePacket, void> {
  const count = frameCount(seconds);
  const round: PicturePacket[] = [];
  const packets = encodeAhead(
    codec,
    Math.min(count, KEY_SECONDS * FRAME_RATE),
    () => stage.canvas,
  ).getReader();
  try {
    for (let next = await packets.read(); !next.done; next = await packets.read()) round.push(next.value);
  } finally {
    await packets.cancel();
  }
  for (let index = 0; index < count; index++) {
    const { packet, meta } = round[index % round.length]!;
    const shifted = packet.clone({ timestamp: index / FRAME_RATE });
    yield upTo(index === 0 && meta ? { packet: shifted, meta } : { packet: shifted }, seconds);
  }
}

function encodeAhead(codec: VideoCodec, count: number, draw: (index: number) => OffscreenCanvas) {
  let encoder: PictureEncoder;
  let index = 0;
  return new ReadableStream<PicturePacket>(
    {
      async start() {
        encoder = await PictureEncoder.open(codec);
      },
      async pull(controller) {
        // A stream is pulled again only after something came out, and encoders hold back their first packets.
        for (let coded: PicturePacket[] = []; coded.length === 0; index++) {
          const isOver = index >= count;
          coded = isOver ? await encoder.finish() : await encoder.add(draw(index));
          for (const packet of coded) controller.enqueue(packet);
          if (isOver) return controller.close();
        }
      },
      cancel: () => encoder.cancel(),
    },
    { highWaterMark: PACKETS_AHEAD },
  );
}

function frameCount(seconds: number): number {
  return Math.max(1, Math.ceil(seconds * FRAME_RATE - 1e-6));
}

/** The last frame is as long as what is left of the clip. */
function upTo({ packet, meta }: PicturePacket, seconds: number): PicturePacket {
  const duration = Math.min(1 / FRAME_RATE, Math.max(0, seconds - packet.timestamp));
  const fitted = packet.clone({ duration });
  return meta ? { packet: fitted, meta } : { packet: fitted };
}
