import {
  AudioSampleSink,
  BlobSource,
  EncodedPacketSink,
  Input,
  WAVE,
  type InputAudioTrack,
} from 'mediabunny';
import { wavChunks, WavError } from '../audio/wav.ts';

/** The samples of any reasonable WAV file begin within this many bytes. */
const HEAD_BYTES = 1 << 16;
/** The length in a header that was written before it was known. */
const OPEN_LENGTH = 0xffffffff;
const KINDS = 'WAV files with 8 to 32-bit or float samples are read';

/**
 * A WAV file of any origin: PCM of 8, 16, 24 or 32 bits, float of 32 or 64, A-law or μ-law, any number of channels,
 * also WAVE_FORMAT_EXTENSIBLE and, beyond 4 GiB, RF64. Needs no decoder of the browser. The caller has to dispose it.
 */
export class WavFile implements Disposable {
  readonly sampleRate: number;
  /** Samples per channel; of a truncated file, those that are there. */
  readonly frames: number;
  #input: Input;
  #track: InputAudioTrack;

  private constructor(input: Input, track: InputAudioTrack, sampleRate: number, frames: number) {
    this.#input = input;
    this.#track = track;
    this.sampleRate = sampleRate;
    this.frames = frames;
  }

  /** @throws WavError when it is no WAV file, or an unsupported one. */
  static async open(file: Blob): Promise<WavFile> {
    const input = new Input({ source: new BlobSource(await withLengths(file)), formats: [WAVE] });
    try {
      if (!(await input.canRead())) {
        throw new WavError('A WAV file was wanted, but this one does not begin like one.');
      }
      const track = (await input.getPrimaryAudioTrack())!;
      const sampleRate = await track.getSampleRate();
      const frames = Math.round((await track.getDurationFromMetadata())! * sampleRate);
      await check(track, sampleRate, frames);
      return new WavFile(input, track, sampleRate, frames);
    } catch (error) {
      input.dispose();
      throw asWavError(error);
    }
  }

  /** All samples in order, full scale at 1: one array per channel and piece. @throws WavError */
  async *pieces(): AsyncGenerator<Float32Array[]> {
    try {
      for await (using sample of new AudioSampleSink(this.#track).samples()) {
        yield Array.from({ length: sample.numberOfChannels }, (_, planeIndex) => {
          const plane = new Float32Array(sample.numberOfFrames);
          sample.copyTo(plane, { planeIndex, format: 'f32-planar' });
          return plane;
        });
      }
    } catch (error) {
      throw asWavError(error);
    }
  }

  [Symbol.dispose](): void {
    this.#input.dispose();
  }
}

/** Refuses files that would be read as noise, or as nothing. */
async function check(track: InputAudioTrack, sampleRate: number, frames: number): Promise<void> {
  if (frames === 0) throw new WavError('This WAV file has no samples where they should be.');
  if (!(sampleRate >= 1000 && sampleRate <= 768_000)) {
    throw new WavError(`WAV files of 1 to 768 kHz are read; this one has ${sampleRate} Hz.`);
  }
  const codec = await track.getCodec();
  const channels = await track.getNumberOfChannels();
  const sampleBytes = Number(/\d+$/.exec(codec ?? '')?.[0] ?? 8) / 8;
  // Frames of size zero would give endless packets.
  const packet = Number.isSafeInteger(frames) ? await new EncodedPacketSink(track).getFirstPacket() : null;
  // Some files pad their samples, such as 24 bits in four bytes.
  if (!packet || packet.byteLength !== Math.round(packet.duration * sampleRate) * channels * sampleBytes) {
    throw new WavError(`${KINDS}; the samples of this one do not lie one behind the other.`);
  }
}

/** The same file; lengths of zero, which interrupted programs leave, are extended to the end. */
async function withLengths(file: Blob): Promise<Blob> {
  const head = new Uint8Array(await file.slice(0, HEAD_BYTES).arrayBuffer());
  if (String.fromCharCode(...head.subarray(0, 4)) === 'RIFX') {
    throw new WavError(`${KINDS}; this one has its bytes in the order of other machines (RIFX).`);
  }
  const view = new DataView(head.buffer);
  const data = head.length >= 12 ? [...wavChunks(head)].find(({ name }) => name === 'data') : undefined;
  const isWhole = data && data.bytes > 0 && view.getUint32(4, true) + 8 >= data.start + data.bytes;
  if (!data || isWhole) return file;
  view.setUint32(4, OPEN_LENGTH, true);
  if (data.bytes === 0) view.setUint32(data.start - 4, OPEN_LENGTH, true);
  return new Blob([head, file.slice(HEAD_BYTES)]);
}

/** Replaces messages of the library, which users can't understand; keeps a DOMException for an unreadable file. */
function asWavError(error: unknown): unknown {
  if (error instanceof WavError || error instanceof DOMException) return error;
  return new WavError(`${KINDS}; this one is of another kind, or broken.`);
}
