import { Limiter } from '#lib/media/audio/limiter.ts';
import { decodePcm16 } from '#lib/media/audio/pcm16.ts';
import { SAMPLE_RATE } from '#lib/media/audio/sample-rate.ts';
import type { Stereo } from '#lib/media/audio/stereo-queue.ts';
import type { ClipLevel, Place } from './clip-level.ts';

/** A clip on its track. */
export interface PlacedClip extends Place {
  level: ClipLevel;
  /** Takes the place of what the track has there. */
  replaces: boolean;
  /** Reads its sound in order, from its begin: exactly so many frames, which the caller may change. */
  read: (frames: number) => Promise<Stereo>;
}

/** A track: its own sound, and what lies on it. */
export interface Track {
  /** Reads interleaved 16-bit stereo: `count` frames from frame `start`. null: the track is empty by itself. */
  base: ((start: number, count: number) => Promise<Int16Array>) | null;
  frames: number;
  clips: readonly PlacedClip[];
}

/** Where an assembled track is written, in order. */
export interface TrackTarget {
  /** Samples as they are. */
  copy(pcm: Int16Array): void;
  write(left: Float32Array, right: Float32Array): void;
}

/** Frames that are summed at a time: one second. */
const PIECE_FRAMES = SAMPLE_RATE;
/** Largest true peak where clips are. */
const CEILING = 0.98;

/**
 * Lays clips onto a track, piece by piece: memory does not grow with the length. Outside all clips the samples of the track
 * are copied bit by bit; where clips are, the sum is limited.
 */
export async function assembleTrack(
  { base, frames, clips }: Track,
  target: TrackTarget,
  onProgress: (fraction: number) => void,
): Promise<void> {
  const edges = [...new Set([0, frames, ...clips.flatMap(({ start, end }) => [start, end])])];
  edges.sort((a, b) => a - b);
  let limiter: Limiter | null = null;
  const limit = (limited: Stereo) => target.write(limited.left, limited.right);
  for (const [index, from] of edges.slice(0, -1).entries()) {
    const to = edges[index + 1]!;
    const present = clips.filter(({ start, end }) => start < to && end > from);
    if (present.length === 0 && limiter) {
      limit(limiter.finish());
      limiter = null;
    }
    for (let start = from; start < to; start += PIECE_FRAMES) {
      const count = Math.min(PIECE_FRAMES, to - start);
      const pcm = base ? await base(start, count) : new Int16Array(2 * count);
      if (present.length === 0) target.copy(pcm);
      else {
        const { left, right } = await sumPiece(pcm, start, count, present);
        limiter ??= new Limiter(CEILING, SAMPLE_RATE);
        limit(limiter.push(left, right));
      }
      onProgress((start + count) / frames);
    }
  }
  if (limiter) limit(limiter.finish());
}

async function sumPiece(
  pcm: Int16Array,
  start: number,
  count: number,
  clips: readonly PlacedClip[],
): Promise<Stereo> {
  const left = new Float32Array(count);
  const right = new Float32Array(count);
  decodePcm16(pcm, left, right);
  for (const { level, replaces } of clips) if (replaces) level.clear(left, right, start);
  for (const { level, read } of clips) {
    const sound = await read(count);
    level.apply(sound.left, sound.right, start);
    for (let index = 0; index < count; index++) {
      left[index]! += sound.left[index]!;
      right[index]! += sound.right[index]!;
    }
  }
  return { left, right };
}
