import { raisedCosine } from './fade.ts';

/** A stretch without sound, seconds. */
export interface Silence {
  startSeconds: number;
  endSeconds: number;
}

/** Length of the fades into and out of a silence, which lie inside it. */
const FADE_SECONDS = 0.12;

/**
 * Silences stretches of interleaved samples, in place, with raised-cosine fades.
 * @param start Frame of the whole sound at which the samples begin. @param channels Samples per frame.
 */
export function silence(
  samples: Float32Array | Int16Array,
  channels: number,
  start: number,
  silences: readonly Silence[],
  sampleRate: number,
): void {
  const frames = samples.length / channels;
  for (const { startSeconds, endSeconds } of silences) {
    const from = Math.round(startSeconds * sampleRate);
    const to = Math.round(endSeconds * sampleRate);
    const fade = Math.max(1, Math.min(Math.round(FADE_SECONDS * sampleRate), (to - from) / 2));
    for (let frame = Math.max(0, from - start); frame < Math.min(frames, to - start); frame++) {
      const inside = Math.min(start + frame - from, to - start - frame);
      const gain = inside >= fade ? 0 : raisedCosine(1 - inside / fade);
      for (let channel = 0; channel < channels; channel++) samples[frame * channels + channel]! *= gain;
    }
  }
}
