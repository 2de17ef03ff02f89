import {
  Mp4OutputFormat,
  NullTarget,
  Output,
  QUALITY_HIGH,
  VideoSample,
  VideoSampleSource,
  type VideoCodec,
} from 'mediabunny';
import type { TimedPacket } from '../media-track.ts';

type PicturePacket = TimedPacket<EncodedVideoChunkMetadata>;

/** Frames of a clip per second. */
export const FRAME_RATE = 30;
/** Seconds between key frames: how far a player may have to look back when somebody jumps. */
export const KEY_SECONDS = 10;

/** Codes the frames of a clip into packets, with the browser's encoder. */
export class PictureEncoder {
  #source: VideoSampleSource;
  #output = new Output({ format: new Mp4OutputFormat({ fastStart: false }), target: new NullTarget() });
  #ready: PicturePacket[] = [];
  #frame = 0;

  private constructor(codec: VideoCodec) {
    this.#source = new VideoSampleSource({
      codec,
      quality: QUALITY_HIGH,
      keyFrameInterval: KEY_SECONDS,
      latencyMode: 'quality',
      onEncodedPacket: (packet, meta) => this.#ready.push(meta ? { packet, meta } : { packet }),
    });
    this.#output.addVideoTrack(this.#source, { frameRate: FRAME_RATE });
  }

  static async open(codec: VideoCodec): Promise<PictureEncoder> {
    const encoder = new PictureEncoder(codec);
    await encoder.#output.start();
    return encoder;
  }

  /** Codes what the canvas shows as the next frame; gives the packets that are ready. */
  async add(canvas: OffscreenCanvas): Promise<PicturePacket[]> {
    const timestamp = this.#frame++ / FRAME_RATE;
    const sample = new VideoSample(canvas, { timestamp, duration: 1 / FRAME_RATE });
    try {
      await this.#source.add(sample);
    } finally {
      sample.close();
    }
    return this.#ready.splice(0);
  }

  /** Codes what is still inside and closes the encoder; gives the last packets. */
  async finish(): Promise<PicturePacket[]> {
    await this.#output.finalize();
    return this.#ready.splice(0);
  }

  /** Closes the encoder; what is still inside is lost. */
  async cancel(): Promise<void> {
    await this.#output.cancel();
  }
}
