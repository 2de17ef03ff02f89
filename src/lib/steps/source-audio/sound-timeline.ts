import { downmix } from '#lib/media/audio/downmix.ts';
import { Limiter } from '#lib/media/audio/limiter.ts';
import { Resampler } from '#lib/media/audio/resampler.ts';
import { SAMPLE_RATE } from '#lib/media/audio/sample-rate.ts';
import type { Stereo } from '#lib/media/audio/stereo-queue.ts';

/** Some containers round timestamps: smaller gaps and overlaps are ignored. */
const TOLERANCE_SECONDS = 0.01;

/** Silence is written in pieces of this length, so that a long gap needs no memory. */
const SILENCE_FRAMES = 48_000;

/** Receives 48 kHz stereo, in order. */
export type Sink = (left: Float32Array, right: Float32Array) => void;

/** A run of sound with one sample rate and number of channels. */
interface Segment {
  sampleRate: number;
  channels: number;
  /** Time of its first frame, seconds from the beginning of the timeline. */
  startSeconds: number;
  frames: number;
  resampler: Resampler | null;
  limiter: Limiter | null;
}

/**
 * Places pieces of decoded sound, of any sample rate and number of channels, on a timeline by their timestamps, and
 * returns 48 kHz stereo of exactly the wanted length: gaps become silence, what overlaps or lies outside is cut off.
 */
export class SoundTimeline {
  #start: number;
  #samples: number;
  #sink: Sink;
  #written = 0;
  #segment: Segment | null = null;

  /**
   * @param startSeconds Timestamp of the beginning of the timeline.
   * @param samples Length of the timeline at 48 kHz.
   */
  constructor(startSeconds: number, samples: number, sink: Sink) {
    this.#start = startSeconds;
    this.#samples = samples;
    this.#sink = sink;
  }

  /** Whether nothing has been added yet. */
  get isEmpty(): boolean {
    return this.#segment === null && this.#written === 0;
  }

  /** Whether the timeline is complete. */
  get isFull(): boolean {
    return this.#written >= this.#samples;
  }

  /** How much of the timeline is written, 0 … 1. */
  get fraction(): number {
    return this.#samples === 0 ? 1 : this.#written / this.#samples;
  }

  /** Adds a piece: its channels, its sample rate in hertz and the timestamp of its first frame in seconds. */
  add(channels: readonly Float32Array[], sampleRate: number, timestampSeconds: number): void {
    const frames = channels[0]?.length ?? 0;
    if (frames === 0 || this.isFull) return;
    const segment = this.#segmentFor(channels.length, sampleRate);
    const at = timestampSeconds - this.#start - segment.startSeconds;
    const ahead = Math.round(at * sampleRate) - segment.frames;
    const isClose = segment.frames > 0 && Math.abs(ahead) <= TOLERANCE_SECONDS * sampleRate;
    if (!isClose && ahead > 0) this.#fill(segment, ahead);
    const first = isClose ? 0 : Math.max(0, -ahead);
    if (first >= frames) return;
    this.#lay(
      segment,
      channels.map((samples) => samples.subarray(first)),
    );
  }

  /** Completes the timeline with silence. */
  finish(): void {
    this.#endSegment();
    this.#writeSilence(this.#samples - this.#written);
  }

  #segmentFor(channels: number, sampleRate: number): Segment {
    const now = this.#segment;
    if (now?.channels === channels && now.sampleRate === sampleRate) return now;
    this.#endSegment();
    return (this.#segment = {
      sampleRate,
      channels,
      startSeconds: this.#written / SAMPLE_RATE,
      frames: 0,
      resampler: sampleRate === SAMPLE_RATE ? null : new Resampler(sampleRate, SAMPLE_RATE),
      // A downmix may exceed full scale.
      limiter: channels > 2 ? new Limiter(1, SAMPLE_RATE) : null,
    });
  }

  #endSegment(): void {
    const segment = this.#segment;
    this.#segment = null;
    if (!segment) return;
    if (segment.resampler) this.#limit(segment, segment.resampler.finish());
    if (segment.limiter) this.#write(segment.limiter.finish());
  }

  #fill(segment: Segment, frames: number): void {
    const wanted = Math.min(
      frames,
      Math.ceil(((this.#samples - this.#written) / SAMPLE_RATE + 1) * segment.sampleRate),
    );
    for (let left = wanted; left > 0; left -= SILENCE_FRAMES) {
      const silence = new Float32Array(Math.min(left, SILENCE_FRAMES));
      this.#lay(
        segment,
        Array.from({ length: segment.channels }, () => silence),
      );
    }
  }

  #lay(segment: Segment, channels: readonly Float32Array[]): void {
    segment.frames += channels[0]!.length;
    const stereo = downmix(channels);
    const resampled = segment.resampler ? segment.resampler.push(stereo.left, stereo.right) : stereo;
    this.#limit(segment, resampled);
  }

  #limit({ limiter }: Segment, { left, right }: Stereo): void {
    this.#write(limiter ? limiter.push(left, right) : { left, right });
  }

  #write({ left, right }: Stereo): void {
    const frames = Math.min(left.length, this.#samples - this.#written);
    if (frames <= 0) return;
    this.#sink(left.subarray(0, frames), right.subarray(0, frames));
    this.#written += frames;
  }

  #writeSilence(frames: number): void {
    for (let left = Math.min(frames, this.#samples - this.#written); left > 0; left -= SILENCE_FRAMES) {
      const silence = new Float32Array(Math.min(left, SILENCE_FRAMES));
      this.#write({ left: silence, right: silence });
    }
  }
}
