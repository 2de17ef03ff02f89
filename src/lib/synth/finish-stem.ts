import { guardFinite, type StereoChunk } from './dsp/blocks.ts';
import { clamp, smoothstep } from './dsp/maths.ts';
import { PeakLimiter } from './dsp/peak-limiter.ts';
import { SAMPLE_RATE } from './dsp/sample-rate.ts';

const CEILING = 0.89;
/** About half a second, a multiple of the limiter's step; the first is shorter, so that playback starts early. */
const CHUNK_FRAMES = 24_064;
const FIRST_CHUNK_FRAMES = 6144;

/**
 * Cuts or pads a stream to the exact length, limits its peaks to ±0.89, and fades it in over 5 ms and out at the end
 * (12 % of the duration, at most 1.6 s). Samples that are not finite become 0.
 * @param isLimited True when the peaks of the stream are limited already.
 * @param from The frame of the whole at which the stream begins.
 */
export function* finishStem(
  source: Generator<StereoChunk>,
  durationSeconds: number,
  isLimited = false,
  from = 0,
): Generator<StereoChunk> {
  const total = Math.round(durationSeconds * SAMPLE_RATE);
  const fadeFrames = Math.round(clamp(durationSeconds * 0.12, 0.005, 1.6) * SAMPLE_RATE);
  const limiter = isLimited ? null : new PeakLimiter(CEILING);
  const input = new Rechunker(source);
  // The first frames are the latency of the limiter.
  let skip = limiter ? PeakLimiter.latencyFrames : 0;
  let chunkFrames = FIRST_CHUNK_FRAMES;
  for (let written = from; written < total;) {
    const block = input.take(chunkFrames);
    guardFinite(block.left);
    guardFinite(block.right);
    limiter?.process(block.left, block.right);
    const frames = Math.min(chunkFrames - skip, total - written);
    const chunk = {
      left: block.left.slice(skip, skip + frames),
      right: block.right.slice(skip, skip + frames),
    };
    fade(chunk.left, written, total, fadeFrames);
    fade(chunk.right, written, total, fadeFrames);
    yield chunk;
    written += frames;
    skip = 0;
    chunkFrames = CHUNK_FRAMES;
  }
  source.return(undefined);
}

function fade(samples: Float32Array, written: number, total: number, fadeFrames: number): void {
  const fadeIn = Math.min(240, total);
  for (let i = 0; i < samples.length && written + i < fadeIn; i++) {
    samples[i] = (samples[i]! * (written + i)) / fadeIn;
  }
  for (let i = Math.max(0, total - fadeFrames - written); i < samples.length; i++) {
    samples[i] = samples[i]! * smoothstep((total - 1 - written - i) / fadeFrames);
  }
}

/** Converts chunks of any length to chunks of given lengths; silence follows the end. */
class Rechunker {
  readonly #source: Generator<StereoChunk>;
  readonly #left = new Float32Array(CHUNK_FRAMES);
  readonly #right = new Float32Array(CHUNK_FRAMES);
  #chunk: StereoChunk | undefined;
  #used = 0;

  constructor(source: Generator<StereoChunk>) {
    this.#source = source;
  }

  /** The next frames, at most `CHUNK_FRAMES`; the arrays are reused. */
  take(frames: number): StereoChunk {
    const left = this.#left.subarray(0, frames);
    const right = this.#right.subarray(0, frames);
    let filled = 0;
    while (filled < frames) {
      if (!this.#chunk || this.#used === this.#chunk.left.length) {
        const next = this.#source.next();
        if (next.done) break;
        this.#chunk = next.value;
        this.#used = 0;
      }
      const count = Math.min(frames - filled, this.#chunk.left.length - this.#used);
      left.set(this.#chunk.left.subarray(this.#used, this.#used + count), filled);
      right.set(this.#chunk.right.subarray(this.#used, this.#used + count), filled);
      filled += count;
      this.#used += count;
    }
    left.fill(0, filled);
    right.fill(0, filled);
    return { left, right };
  }
}
