import type { Stem } from '#lib/job/entries/soundtrack.ts';
import { gainOfDb } from '#lib/media/audio/decibels.ts';
import { downmix } from '#lib/media/audio/downmix.ts';
import { applyFades } from '#lib/media/audio/fade.ts';
import { Limiter } from '#lib/media/audio/limiter.ts';
import { LimitedLoudness } from '#lib/media/audio/limited-loudness.ts';
import { Resampler } from '#lib/media/audio/resampler.ts';
import { SAMPLE_RATE } from '#lib/media/audio/sample-rate.ts';
import { decodeWavSamples } from '#lib/media/audio/wav.ts';
import { ScratchFile } from '#lib/worker/scratch-file.ts';
import { StemWriter } from '#lib/worker/stem-writer.ts';
import { ArrivingLevel } from './arriving-level.ts';
import { repeated } from './repeat.ts';
import { WavPieces } from './wav-pieces.ts';

/** The average loudness of the synthesiser's stems over all styles and recipes. */
const NOMINAL_LUFS = { music: -17, effects: -20 } as const;
const CEILING = 0.89;
const MAX_GAIN_DB = 24;
const PIECE_SECONDS = 1;

/** A part as the server announces it. */
interface PartAbout {
  kind: 'music' | 'effects';
  bytes: number;
  sampleRate: number;
}

/**
 * One part of a server's sound that becomes a stem. It is stored on disk and measured while it arrives, then converted
 * to 48 kHz stereo, the length of the film and the nominal loudness. Memory is bounded. Only in a dedicated worker.
 */
export class ArrivingPart implements AsyncDisposable {
  #kind: PartAbout['kind'];
  #samples: number;
  #file: ScratchFile;
  #pieces: WavPieces;
  #resampler: Resampler;
  #loudness: LimitedLoudness;
  #level: ArrivingLevel;
  #measured = 0;

  private constructor({ kind, bytes, sampleRate }: PartAbout, samples: number, file: ScratchFile) {
    this.#kind = kind;
    this.#samples = samples;
    this.#file = file;
    this.#pieces = new WavPieces(bytes);
    this.#resampler = new Resampler(sampleRate, SAMPLE_RATE);
    this.#loudness = new LimitedLoudness(CEILING, SAMPLE_RATE, samples);
    this.#level = new ArrivingLevel(NOMINAL_LUFS[kind]);
  }

  /** @param samples Length of the stem, samples at 48 kHz. */
  static async open(part: PartAbout, samples: number): Promise<ArrivingPart> {
    return new ArrivingPart(part, samples, await ScratchFile.open());
  }

  /**
   * Takes the next bytes. Returns what can be played already: interleaved 16-bit stereo at 48 kHz, near its final
   * level.
   * @throws WavError, StorageFullError
   */
  push(bytes: Uint8Array): Int16Array<ArrayBuffer> | null {
    this.#file.append(bytes);
    const piece = this.#pieces.push(bytes);
    if (!piece) return null;
    const { left, right } = this.#resampler.push(piece.left, piece.right);
    const count = Math.min(left.length, this.#samples - this.#measured);
    this.#measured += count;
    this.#loudness.add(left.subarray(0, count), right.subarray(0, count));
    return this.#level.push(left, right);
  }

  /** Makes the stem when all bytes have arrived. @throws StorageFullError */
  async finish(onProgress: (fraction: number) => void): Promise<Stem> {
    const { layout } = this.#pieces;
    if (!layout) throw new TypeError('A part of sound can be finished when its bytes are there; none came.');
    const { sampleRate, frames, frameBytes, start } = layout;
    const wanted = Math.ceil((this.#samples * sampleRate) / SAMPLE_RATE) + 1;
    const read = repeated(frames, wanted - 1, sampleRate, (from, count) => {
      const there = Math.max(0, Math.min(count, frames - from));
      const bytes = this.#file.read(start + from * frameBytes, there * frameBytes);
      return downmix(decodeWavSamples(bytes.buffer, layout));
    });
    const shaper = new Shaper(
      await StemWriter.open(this.#samples),
      this.#samples,
      gainOfDb(this.#loudness.gainFor(NOMINAL_LUFS[this.#kind], MAX_GAIN_DB)),
    );
    const resampler = new Resampler(sampleRate, SAMPLE_RATE);
    try {
      for (let from = 0; from < wanted; from += PIECE_SECONDS * sampleRate) {
        const { left, right } = read(from, Math.min(PIECE_SECONDS * sampleRate, wanted - from));
        const ready = resampler.push(left, right);
        shaper.write(ready.left, ready.right);
        onProgress(Math.min(1, from / wanted));
      }
      const rest = resampler.finish();
      shaper.write(rest.left, rest.right);
      return await shaper.close();
    } finally {
      await shaper.writer.discard();
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#file[Symbol.asyncDispose]();
  }
}

/** Applies gain, limiter, fades and the exact length, and writes the stem. */
class Shaper {
  readonly writer: StemWriter;
  #samples: number;
  #gain: number;
  #limiter = new Limiter(CEILING, SAMPLE_RATE);
  #taken = 0;
  #written = 0;

  constructor(writer: StemWriter, samples: number, gain: number) {
    this.writer = writer;
    this.#samples = samples;
    this.#gain = gain;
  }

  write(left: Float32Array, right: Float32Array): void {
    const count = Math.min(left.length, this.#samples - this.#taken);
    this.#taken += count;
    const { left: l, right: r } = this.#limiter.push(
      left.subarray(0, count),
      right.subarray(0, count),
      this.#gain,
    );
    this.#put(l, r);
  }

  /** Fills the end with silence when a sample or two are missing. */
  async close(): Promise<Stem> {
    const missing = new Float32Array(this.#samples - this.#taken);
    this.write(missing, missing);
    const { left, right } = this.#limiter.finish();
    this.#put(left, right);
    return this.writer.close();
  }

  #put(left: Float32Array, right: Float32Array): void {
    const outSeconds = Math.min(1.6, Math.max(0.005, (this.#samples / SAMPLE_RATE) * 0.12));
    const fades = {
      inFrames: Math.min(240, this.#samples),
      outFrames: Math.round(Math.min(outSeconds * SAMPLE_RATE, this.#samples)),
    };
    applyFades(left, right, this.#written, this.#samples, fades);
    this.writer.write(left, right);
    this.#written += left.length;
  }
}
