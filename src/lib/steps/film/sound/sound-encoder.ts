import {
  AudioSample,
  AudioSampleSource,
  Mp4OutputFormat,
  NullTarget,
  Output,
  type EncodedPacket,
} from 'mediabunny';
import { SAMPLE_RATE } from '#lib/media/audio/sample-rate.ts';
import type { SoundCodec } from '../choose-container.ts';
import type { TimedPacket } from '../media-track.ts';

/**
 * Bits per second of a stereo track. AAC raised dense peaks by up to 2 dB at 192 kb/s, mostly by less than 1 at 256.
 */
const BIT_RATES: Record<SoundCodec, number> = { aac: 256_000, opus: 160_000 };

/**
 * Encodes 48 kHz stereo to packets: with the browser's encoder, or the one registered with mediabunny.
 * Timestamps are the encoder's own and don't account for its delay.
 */
export class SoundEncoder {
  #source: AudioSampleSource;
  #output = new Output({ format: new Mp4OutputFormat({ fastStart: false }), target: new NullTarget() });
  #ready: TimedPacket<EncodedAudioChunkMetadata>[] = [];
  #position = 0;

  private constructor(codec: SoundCodec, bitrate: number) {
    this.#source = new AudioSampleSource({
      codec,
      bitrate,
      onEncodedPacket: (packet: EncodedPacket, meta?: EncodedAudioChunkMetadata) =>
        this.#ready.push(meta ? { packet, meta } : { packet }),
    });
    this.#output.addAudioTrack(this.#source);
  }

  static async open(codec: SoundCodec, bitsPerSecond = BIT_RATES[codec]): Promise<SoundEncoder> {
    const encoder = new SoundEncoder(codec, bitsPerSecond);
    await encoder.#output.start();
    return encoder;
  }

  /** Encodes interleaved stereo samples; returns the packets that are ready. */
  async add(samples: Int16Array<ArrayBuffer>): Promise<TimedPacket<EncodedAudioChunkMetadata>[]> {
    const timestamp = this.#position / SAMPLE_RATE;
    const sample = new AudioSample({
      format: 's16',
      sampleRate: SAMPLE_RATE,
      numberOfChannels: 2,
      timestamp,
      data: samples,
    });
    try {
      await this.#source.add(sample);
    } finally {
      sample.close();
    }
    this.#position += samples.length / 2;
    return this.#take();
  }

  /** Flushes and closes the encoder; returns the last packets. */
  async finish(): Promise<TimedPacket<EncodedAudioChunkMetadata>[]> {
    await this.#output.finalize();
    return this.#take();
  }

  /** Closes the encoder without flushing it. */
  async cancel(): Promise<void> {
    await this.#output.cancel();
  }

  #take() {
    return this.#ready.splice(0);
  }
}
