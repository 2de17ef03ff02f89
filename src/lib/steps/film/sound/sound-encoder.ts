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

/** Bits per second of a stereo track. At 192 kb/s AAC lifted dense peaks by up to 2 dB, at 256 most by less than 1. */
const BIT_RATES: Record<SoundCodec, number> = { aac: 256_000, opus: 160_000 };

/**
 * Codes 48 kHz stereo sound into packets: with the browser's encoder, or the one registered with mediabunny.
 * The packets' timestamps are the encoder's own and say nothing about its delay.
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

  /** Codes interleaved stereo samples; gives the packets that are ready. */
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

  /** Codes what is still inside and closes the encoder; gives the last packets. */
  async finish(): Promise<TimedPacket<EncodedAudioChunkMetadata>[]> {
    await this.#output.finalize();
    return this.#take();
  }

  /** Closes the encoder; what is still inside is lost. */
  async cancel(): Promise<void> {
    await this.#output.cancel();
  }

  #take() {
    return this.#ready.splice(0);
  }
}
