import type { Random } from '../../dsp/random.ts';

/** A sound that is being made. */
export interface Tone {
  /** Adds the next block of 256 frames to two zeroed arrays; false when nothing more will come. */
  render(left: Float32Array, right: Float32Array): boolean;
  /** As `render`, each side at a level that glides over the block; where it is cheaper than doing so afterwards. */
  renderAt?(
    left: Float32Array,
    right: Float32Array,
    levelLeft: number,
    levelRight: number,
    levelLeftTo: number,
    levelRightTo: number,
  ): boolean;
  /** Levels of a tone whose sides differ in nothing else: it renders the left side alone. Only for tones that are cached. */
  readonly sides?: readonly [left: number, right: number];
}

/** What a tone is asked for. */
export interface ToneRequest {
  midi: number;
  hertz: number;
  /** 0 … 1: colour, not loudness; the player of the tone sets the loudness. */
  velocity: number;
  /** How long it will be held; only tones that are not cached know. */
  seconds: number;
  random: Random;
}

/** An instrument makes tones; equal requests give equal tones, so tones can be cached and played again. */
export interface Instrument {
  name: string;
  /** Notes outside are moved by octaves. */
  lowest: number;
  highest: number;
  /** Time constant of the fade after a note is let go, seconds. */
  releaseSeconds: number;
  /** Steps of velocity that sound different, and different recordings of the same note. */
  layers: number;
  variations: number;
  /** True when each note is made afresh, because it depends on how long it is held. */
  isLive: boolean;
  /** Level beside other instruments, linear. */
  gain: number;
  start(request: ToneRequest): Tone;
}

/** An instrument from its start function and whatever differs from a plucked or struck thing. */
export function instrument(
  name: string,
  start: Instrument['start'],
  differences: Partial<Omit<Instrument, 'name' | 'start'>> = {},
): Instrument {
  return {
    name,
    start,
    lowest: 24,
    highest: 108,
    releaseSeconds: 0.12,
    layers: 3,
    variations: 1,
    isLive: false,
    gain: 1,
    ...differences,
  };
}
