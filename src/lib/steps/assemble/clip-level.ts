import type { Clip } from '#lib/job/entries/assemble.ts';
import { gainOfDb } from '#lib/media/audio/decibels.ts';
import { fadeFrames, type Fades } from '#lib/media/audio/fade.ts';
import { lineAt } from '#lib/media/audio/line.ts';
import { SAMPLE_RATE } from '#lib/media/audio/sample-rate.ts';

/** Where a clip lies: frames of the film at 48 kHz, the end excluded. */
export interface Place {
  start: number;
  end: number;
}

/** A sound that is cut fades over at least this long, so that it doesn't click. */
const CUT_FADE_SECONDS = 0.003;
/** What replaces something crosses over with it for at least this long. */
const REPLACE_FADE_SECONDS = 0.02;
/** Lines are straight over so many frames. */
const LINE_FRAMES = 64;

/** The level of a clip over time: its fades, its gain and its position. */
export class ClipLevel {
  readonly #clip: Clip;
  readonly #place: Place;
  readonly #fades: Fades;

  /** @param soundFrames Length of its sound; Infinity for one that does not end. */
  constructor(clip: Clip, place: Place, soundFrames: number) {
    this.#clip = clip;
    this.#place = place;
    const frames = place.end - place.start;
    const isCutIn = clip.offsetSeconds > 0;
    const isCutOut = soundFrames - Math.round(clip.offsetSeconds * SAMPLE_RATE) > frames;
    const least = (isCut: boolean) => (clip.replaces ? REPLACE_FADE_SECONDS : isCut ? CUT_FADE_SECONDS : 0);
    this.#fades = fadeFrames(
      Math.max(clip.fadeInSeconds, least(isCutIn)),
      Math.max(clip.fadeOutSeconds, least(isCutOut)),
      frames,
      SAMPLE_RATE,
    );
  }

  /** Brings the sound of the clip to its level, in place. @param start The frame of the film at which it begins. */
  apply(left: Float32Array, right: Float32Array, start: number): void {
    for (let from = 0; from < left.length; from += LINE_FRAMES) {
      const to = Math.min(left.length, from + LINE_FRAMES);
      const [l, r] = this.#gainsAt(start + from);
      const [lastL, lastR] = this.#gainsAt(start + to);
      for (let index = from; index < to; index++) {
        const fade = Math.sin(this.#present(start + index) * (Math.PI / 2));
        const share = (index - from) / (to - from);
        left[index]! *= (l + (lastL - l) * share) * fade;
        right[index]! *= (r + (lastR - r) * share) * fade;
      }
    }
  }

  /** Takes away what the clip replaces, with equal power to its fades, in place. */
  clear(left: Float32Array, right: Float32Array, start: number): void {
    for (let index = 0; index < left.length; index++) {
      const present = this.#present(start + index);
      const gain = present === 1 ? 0 : Math.cos(present * (Math.PI / 2));
      left[index]! *= gain;
      right[index]! *= gain;
    }
  }

  /** How far the clip is faded in at a frame, 0 … 1. */
  #present(frame: number): number {
    const { inFrames, outFrames } = this.#fades;
    const since = frame - this.#place.start + 0.5;
    const left = this.#place.end - frame - 0.5;
    return Math.min(1, inFrames > 0 ? since / inFrames : 1, outFrames > 0 ? left / outFrames : 1);
  }

  /** Linear gains of both channels at a frame, without fades. A position turns one side up and the other down. */
  #gainsAt(frame: number): [number, number] {
    const { gainDb, gainLine, panLine } = this.#clip;
    const seconds = (frame - this.#place.start) / SAMPLE_RATE;
    const gain = gainOfDb(gainDb + lineAt(gainLine, seconds));
    if (panLine.length === 0) return [gain, gain];
    const pan = Math.min(1, Math.max(-1, lineAt(panLine, seconds)));
    const angle = ((pan + 1) * Math.PI) / 4;
    return [gain * Math.SQRT2 * Math.cos(angle), gain * Math.SQRT2 * Math.sin(angle)];
  }
}
