import { decodePcm16 } from '#lib/media/audio/pcm16.ts';
import type { Stereo } from '#lib/media/audio/stereo-queue.ts';

/** Bytes of one frame: two channels of 16 bits. */
const FRAME_BYTES = 4;

/** Sound that is still arriving: 48 kHz stereo that grows at its end and can be read as far as it is there. */
export class ArrivingSound {
  #pieces: { start: number; frames: number; blob: Blob }[] = [];
  #frames = 0;

  /** Number of frames that have arrived. */
  get frames(): number {
    return this.#frames;
  }

  /** Appends interleaved samples; the browser may store them on disk. */
  append(pcm: Int16Array<ArrayBuffer>): void {
    const frames = pcm.length >> 1;
    this.#pieces.push({ start: this.#frames, frames, blob: new Blob([pcm]) });
    this.#frames += frames;
  }

  /** `count` frames from frame `start`; all of them must have arrived. */
  async read(start: number, count: number): Promise<Stereo> {
    const left = new Float32Array(count);
    const right = new Float32Array(count);
    const wanted = this.#pieces.filter(
      (piece) => piece.start < start + count && piece.start + piece.frames > start,
    );
    for (const piece of wanted) {
      const from = Math.max(start, piece.start);
      const to = Math.min(start + count, piece.start + piece.frames);
      const bytes = piece.blob.slice((from - piece.start) * FRAME_BYTES, (to - piece.start) * FRAME_BYTES);
      const pcm = new Int16Array(await bytes.arrayBuffer());
      decodePcm16(pcm, left.subarray(from - start, to - start), right.subarray(from - start, to - start));
    }
    return { left, right };
  }
}

/** Crossfades from `before` to the beginning of `target` at equal power, in place. */
export function crossfadeInto(target: Stereo, before: Stereo, frames: number): void {
  const count = Math.min(frames, target.left.length, before.left.length);
  for (let index = 0; index < count; index++) {
    const angle = ((index + 0.5) / count) * (Math.PI / 2);
    const [coming, going] = [Math.sin(angle), Math.cos(angle)];
    target.left[index] = target.left[index]! * coming + before.left[index]! * going;
    target.right[index] = target.right[index]! * coming + before.right[index]! * going;
  }
}
