import type { VideoCodec } from 'mediabunny';
import type { TimedPacket } from '../media-track.ts';
import { kenBurnsView } from './movement.ts';
import { FRAME_RATE, KEY_SECONDS, PictureEncoder } from './picture-encoder.ts';
import { context2d, type PreparedPicture } from './prepared-picture.ts';

type PicturePacket = TimedPacket<EncodedVideoChunkMetadata>;

/** Number of packets that are encoded ahead of the writer: two seconds. */
const PACKETS_AHEAD = 2 * FRAME_RATE;

/**
 * The packets of a clip that slowly moves over a picture, encoded only as far ahead as the reader allows. Every frame
 * is drawn from the same large picture at fractions of pixels, so that nothing trembles.
 */
export async function* filmMoving(
  picture: PreparedPicture,
  codec: VideoCodec,
  seconds: number,
): AsyncGenerator<PicturePacket, void> {
  const frame = new OffscreenCanvas(picture.clip.width, picture.clip.height);
  const context = context2d(frame);
  const draw = (index: number) => {
    const { x, y, width, height } = kenBurnsView(picture.canvas, picture.focus, index / FRAME_RATE, seconds);
    context.drawImage(picture.canvas, x, y, width, height, 0, 0, frame.width, frame.height);
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
 * The packets of a clip with a still picture: the frames from one key frame to the next are encoded once and repeated,
 * which players accept like any other film.
 */
export async function* filmStill(
  picture: PreparedPicture,
  codec: VideoCodec,
  seconds: number,
): AsyncGenerator<PicturePacket, void> {
  const count = frameCount(seconds);
  const round: PicturePacket[] = [];
  const packets = encodeAhead(
    codec,
    Math.min(count, KEY_SECONDS * FRAME_RATE),
    () => picture.canvas,
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
        // A stream pulls again only after an enqueue, and encoders hold back their first packets.
        for (let coded: PicturePacket[] = []; coded.length === 0; index++) {
          const isEnd = index >= count;
          coded = isEnd ? await encoder.finish() : await encoder.add(draw(index));
          for (const packet of coded) controller.enqueue(packet);
          if (isEnd) return controller.close();
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

/** Gives the last frame the rest of the clip's duration. */
function upTo({ packet, meta }: PicturePacket, seconds: number): PicturePacket {
  const duration = Math.min(1 / FRAME_RATE, Math.max(0, seconds - packet.timestamp));
  const fitted = packet.clone({ duration });
  return meta ? { packet: fitted, meta } : { packet: fitted };
}
