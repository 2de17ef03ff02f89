import type { Random } from '../../dsp/random.ts';

/** A tone that is being rendered. */
export interface Tone {
  /** Adds the next block of 256 frames to two zeroed arrays; false when it was the last one. */
  render(left: Float32Array, right: Float32Array): boolean;
  /** As `render`, each side at a level that is ramped over the block: for tones that can do it at less cost. */
  renderAt?(
    left: Float32Array,
    right: Float32Array,
    levelLeft: number,
    levelRight: number,
    levelLeftTo: number,
    levelRightTo: number,
  ): boolean;
  /** The levels of a mono tone, which then renders its left side only. Cached tones only. */
  readonly monoLevels?: readonly [left: number, right: number];
}

/** Parameters of a tone. */
export interface ToneRequest {
  midi: number;
  hertz: number;
  /** 0 … 1. It changes the timbre only; the voice sets the level. */
  velocity: number;
  /** Time until its release; 8 s for cached tones, whose release is not known. */
  seconds: number;
  random: Random;
}

/** A software instrument. Equal requests give equal tones, so tones can be cached. */
export interface Instrument {
  name: string;
  /** Its range, MIDI numbers. Notes outside are moved by octaves. */
  lowest: number;
  highest: number;
  /** Time constant of the fade after the release of a note, seconds. Above 8 a note is never released. */
  releaseSeconds: number;
  /** How many velocities have a cached tone of their own, as in a sampler. */
  velocityLayers: number;
  /** How many variants of the same cached tone are played in turn, as in a sampler. */
  roundRobins: number;
  /** True when tones are not cached, because they depend on the length of the note. */
  isLive: boolean;
  /** Level relative to other instruments, linear. */
  gain: number;
  start(request: ToneRequest): Tone;
}

/** An instrument from its start function, with the defaults of a plucked or struck one. */
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
    velocityLayers: 3,
    roundRobins: 1,
    isLive: false,
    gain: 1,
    ...differences,
  };
}
