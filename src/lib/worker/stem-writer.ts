import type { Stem } from '#lib/job/entries/soundtrack.ts';
import { LoudnessMeter } from '#lib/media/audio/loudness-meter.ts';
import { decodePcm16, Pcm16Encoder } from '#lib/media/audio/pcm16.ts';
import { SAMPLE_RATE } from '#lib/media/audio/sample-rate.ts';
import { TruePeakMeter } from '#lib/media/audio/true-peak-meter.ts';
import { wavHeader } from '#lib/media/audio/wav.ts';
import { WaveformPeaks } from '#lib/media/audio/waveform-peaks.ts';
import { BlobWriter, storeBytes } from './blob-writer.ts';

/** Frames that are written and measured at once: many small writes take far longer than few large ones. */
const BLOCK_FRAMES = 48_000;

/**
 * Writes a stem (48 kHz stereo, 16-bit WAV) into the blob store while it is rendered, and measures what is written:
 * loudness, true peak, waveform. Works only in a dedicated worker. The caller has to close or discard it.
 */
export class StemWriter {
  #blob: BlobWriter;
  #samples: number;
  #taken = 0;
  /** Frames in `#pcm` that are not written yet. */
  #waiting = 0;
  #encoder = new Pcm16Encoder();
  #loudness = new LoudnessMeter(SAMPLE_RATE);
  #truePeak = new TruePeakMeter();
  #peaks: WaveformPeaks;
  #pcm = new Int16Array(BLOCK_FRAMES * 2);
  #left = new Float32Array(BLOCK_FRAMES);
  #right = new Float32Array(BLOCK_FRAMES);

  private constructor(blob: BlobWriter, samples: number) {
    this.#blob = blob;
    this.#samples = samples;
    this.#peaks = new WaveformPeaks(samples, SAMPLE_RATE);
  }

  /**
   * Opens a stem of exactly `samples` samples per channel.
   * @throws WavError when that is more than a WAV file can hold.
   */
  static async open(samples: number): Promise<StemWriter> {
    const header = wavHeader(samples, SAMPLE_RATE);
    const blob = await BlobWriter.open();
    blob.write(header);
    return new StemWriter(blob, samples);
  }

  /** Integrated loudness so far, LUFS; null for silence. */
  get loudnessLufs(): number | null {
    this.#flush();
    return this.#loudness.loudnessLufs;
  }

  /**
   * Appends samples, any number of them.
   * @throws TypeError when there are more than announced. @throws StorageFullError when the device is full.
   */
  write(left: Float32Array, right: Float32Array): void {
    this.#taken += left.length;
    if (this.#taken > this.#samples) throw this.#wrongLength();
    for (let from = 0; from < left.length;) {
      const to = Math.min(left.length, from + BLOCK_FRAMES - this.#waiting);
      this.#encoder.encode(left, right, from, to, this.#pcm.subarray(this.#waiting * 2));
      this.#waiting += to - from;
      from = to;
      if (this.#waiting === BLOCK_FRAMES) this.#flush();
    }
  }

  /**
   * Appends interleaved 16-bit samples as they are, bit by bit.
   * @throws TypeError when there are more than announced. @throws StorageFullError when the device is full.
   */
  copy(pcm: Int16Array): void {
    const frames = pcm.length >> 1;
    this.#taken += frames;
    if (this.#taken > this.#samples) throw this.#wrongLength();
    for (let from = 0; from < frames;) {
      const to = Math.min(frames, from + BLOCK_FRAMES - this.#waiting);
      this.#pcm.set(pcm.subarray(2 * from, 2 * to), 2 * this.#waiting);
      this.#waiting += to - from;
      from = to;
      if (this.#waiting === BLOCK_FRAMES) this.#flush();
    }
  }

  /**
   * Finishes the stem.
   * @throws TypeError when fewer samples were written than announced.
   */
  async close(): Promise<Stem> {
    if (this.#taken !== this.#samples) throw this.#wrongLength();
    this.#flush();
    return {
      blob: await this.#blob.close(),
      samples: this.#samples,
      loudnessLufs: rounded(this.#loudness.loudnessLufs),
      truePeakDb: rounded(this.#truePeak.truePeakDb),
      peaks: await storeBytes(this.#peaks.bytes),
    };
  }

  /** Deletes what was written. Does nothing when the stem is closed already. */
  async discard(): Promise<void> {
    await this.#blob.discard();
  }

  #flush(): void {
    const frames = this.#waiting;
    const pcm = this.#pcm.subarray(0, frames * 2);
    this.#blob.write(new Uint8Array(pcm.buffer, 0, pcm.byteLength));
    this.#waiting = 0;
    // Measured after quantisation, since rounding and clipping are heard.
    decodePcm16(pcm, this.#left, this.#right);
    this.#loudness.add([this.#left, this.#right], 0, frames);
    this.#truePeak.add([this.#left, this.#right], 0, frames);
    this.#peaks.add(this.#left, this.#right, 0, frames);
  }

  #wrongLength(): TypeError {
    return new TypeError(`This stem was opened for ${this.#samples} samples, but ${this.#taken} came.`);
  }
}

function rounded(decibels: number | null): number | null {
  return decibels === null ? null : Math.round(decibels * 100) / 100;
}
