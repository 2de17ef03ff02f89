import { lineAt, type LinePoint } from '#lib/media/audio/line.ts';
import { addStereoAndSend, newBlock } from '../dsp/blocks.ts';
import { fadeIn } from '../dsp/envelope.ts';
import { clamp, decibelsToGain, exp2, panGains, smoothstep } from '../dsp/maths.ts';
import { BLOCK_FRAMES, SAMPLE_RATE } from '../dsp/sample-rate.ts';
import { StereoFilter } from '../dsp/stereo-filter.ts';
import type { Source } from './sources/source.ts';

/** When one sound plays and where it stands in the mix. */
export interface ChannelStripSettings {
  startFrame: number;
  /** Frame at which it has faded out; Infinity for a sound that ends by itself. */
  endFrame: number;
  /** Lengths of the equal-power fades in and out; 0 for none. */
  fadeInFrames: number;
  fadeOutFrames: number;
  /** Linear. */
  gain: number;
  /** -1 left … 1 right, at the start and after `panFrames`. */
  pan: number;
  panTo: number;
  /** Frames over which the pan moves. */
  panFrames: number;
  /** How far the sound has been cut off at its start: the pan is that much further. */
  offsetFrames?: number | undefined;
  /** Decibels over time, from the start. */
  gainLine?: readonly LinePoint[] | undefined;
  /** Position over time, in place of `pan` and `panTo`. */
  panLine?: readonly LinePoint[] | undefined;
  /** 0 near … 1 far: -18 dB, a lowpass down to 740 Hz and six times the reverb send. */
  distance: number;
}

/** A stereo signal that several sounds are added to: one block per side. */
export interface Bus {
  left: Float32Array;
  right: Float32Array;
}

/** The channel strip of one source: fades, pan, and distance as lower level, less treble and more reverb. */
export class ChannelStrip {
  readonly startFrame: number;
  readonly #source: Source;
  readonly #settings: ChannelStripSettings;
  readonly #left = newBlock();
  readonly #right = newBlock();
  readonly #air: StereoFilter | null;
  readonly #gain: number;
  readonly #send: number;
  #levelLeft = 0;
  #levelRight = 0;
  #isNew = true;

  constructor(source: Source, settings: ChannelStripSettings) {
    this.startFrame = settings.startFrame;
    this.#source = source;
    this.#settings = settings;
    const { distance } = settings;
    this.#gain = settings.gain * decibelsToGain(-18 * distance);
    this.#send = 0.18 + 0.9 * distance;
    const hertz = 18_000 * exp2(-4.6 * distance);
    this.#air = distance > 0.05 ? new StereoFilter(hertz, 0.6) : null;
  }

  /** Adds the block that begins at frame `blockStart` to the dry bus and the send; false when the sound is over. */
  add(dry: Bus, send: Bus, blockStart: number): boolean {
    const { startFrame, endFrame } = this.#settings;
    const from = clamp(startFrame - blockStart, 0, BLOCK_FRAMES);
    const to = clamp(endFrame - blockStart, 0, BLOCK_FRAMES);
    if (from >= to) return endFrame > blockStart;
    const left = this.#left;
    const right = this.#right;
    left.fill(0, from, to);
    right.fill(0, from, to);
    const hasMore = this.#source(left, right, from, to);
    this.#air?.lowpass(left, right, from, to);
    this.#place(dry, send, from, to, blockStart);
    return hasMore && endFrame > blockStart + BLOCK_FRAMES;
  }

  /** Adds the block at the levels of fades and pan, ramped over the block. */
  #place(dry: Bus, send: Bus, from: number, to: number, blockStart: number): void {
    if (this.#isNew) [this.#levelLeft, this.#levelRight] = this.#levelsAt(blockStart + from);
    this.#isNew = false;
    const [left, right] = this.#levelsAt(blockStart + to);
    const [fromLeft, fromRight] = [this.#levelLeft, this.#levelRight];
    addStereoAndSend(
      dry.left,
      dry.right,
      send.left,
      send.right,
      this.#send,
      this.#left,
      this.#right,
      fromLeft,
      fromRight,
      from,
      to,
      left,
      right,
    );
    this.#levelLeft = left;
    this.#levelRight = right;
  }

  #levelsAt(frame: number): [number, number] {
    const { startFrame, endFrame, fadeInFrames, fadeOutFrames, gainLine } = this.#settings;
    const [left, right] = panGains(this.#panAt(frame));
    let level = this.#gain * Math.SQRT2;
    if (gainLine?.length) level *= decibelsToGain(lineAt(gainLine, (frame - startFrame) / SAMPLE_RATE));
    let fade = 1;
    if (fadeInFrames > 0) fade = fadeIn((frame - startFrame) / fadeInFrames);
    if (fadeOutFrames > 0) fade *= fadeIn((endFrame - frame) / fadeOutFrames);
    level *= fade;
    return [left * level, right * level];
  }

  #panAt(frame: number): number {
    const { startFrame, pan, panTo, panFrames, panLine, offsetFrames = 0 } = this.#settings;
    if (panLine?.length) return clamp(lineAt(panLine, (frame - startFrame) / SAMPLE_RATE), -1, 1);
    const moved = pan === panTo ? 0 : smoothstep((frame - startFrame + offsetFrames) / panFrames);
    return pan + (panTo - pan) * moved;
  }
}
