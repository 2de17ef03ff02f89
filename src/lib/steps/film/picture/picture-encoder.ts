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

/** Frame rate of clips. */
export const FRAME_RATE = 30;
/** Seconds between key frames, which limits how far players have to decode after a jump. */
export const KEY_SECONDS = 10;

/** Encodes the frames of a clip to packets, with the browser's encoder. */
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

  /** Encodes the canvas as the next frame; returns the packets that are ready. */
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

  /** Flushes and closes the encoder; returns the last packets. */
  async finish(): Promise<PicturePacket[]> {
    await this.#output.finalize();
    return this.#ready.splice(0);
  }

  /** Closes the encoder without flushing it. */
  async cancel(): Promise<void> {
    await this.#output.cancel();
  }
}
