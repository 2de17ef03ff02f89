import type { Stereo } from '#lib/media/audio/stereo-queue.ts';

/** Longest crossfade between two repeats. */
const CROSSFADE_SECONDS = 4;

/** Frames `start` to `start + count` of a sound. */
export type ReadFrames = (start: number, count: number) => Stereo;

/**
 * A sound of any length made from one of `frames` frames: trimmed when it has to be shorter, else repeated with
 * crossfades of equal power, so that there is neither a gap nor a dip.
 */
export function repeated(frames: number, wanted: number, sampleRate: number, read: ReadFrames): ReadFrames {
  if (wanted <= frames) return read;
  const fade = Math.min(Math.round(CROSSFADE_SECONDS * sampleRate), Math.floor(frames / 4));
  const period = frames - fade;
  return (start, count) => {
    const left = new Float32Array(count);
    const right = new Float32Array(count);
    for (let done = 0; done < count;) {
      const at = start + done;
      const turn = Math.floor(at / period);
      const from = at - turn * period;
      const isFading = turn > 0 && from < fade;
      const length = Math.min(count - done, (isFading ? fade : period) - from);
      const coming = read(from, length);
      const going = isFading ? read(period + from, length) : null;
      for (let index = 0; index < length; index++) {
        const angle = going ? ((from + index + 0.5) / fade) * (Math.PI / 2) : Math.PI / 2;
        const [louder, softer] = [Math.sin(angle), going ? Math.cos(angle) : 0];
        left[done + index] = coming.left[index]! * louder + (going?.left[index] ?? 0) * softer;
        right[done + index] = coming.right[index]! * louder + (going?.right[index] ?? 0) * softer;
      }
      done += length;
    }
    return { left, right };
  };
}
