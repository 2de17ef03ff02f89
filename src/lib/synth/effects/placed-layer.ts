import type { Layer, Score } from '#lib/job/score.ts';
import { random } from '../dsp/random.ts';
import { BLOCK_FRAMES, SAMPLE_RATE } from '../dsp/sample-rate.ts';
import { RENDER_VERSION, type RenderCache } from '../render-cache.ts';
import { withoutStart, type Source } from './sources/source.ts';
import type { AmbienceDef } from './sound-def.ts';
import { soundNamed } from './sounds.ts';

const FADE_SECONDS = 0.8;

/** A layer aligned to blocks, so that the samples of its source do not depend on when it begins. */
export interface PlacedLayer {
  sound: AmbienceDef;
  intensity: number;
  /** Name of its random stream, which is part of the sound. */
  name: string;
  startFrame: number;
  endFrame: number;
  /** How much of its sound is cut off at its start: whole blocks. */
  offsetFrames: number;
  fadeInFrames: number;
  fadeOutFrames: number;
  /** Its key in a `RenderCache`. */
  key: string;
}

/**
 * Places a layer in time, rounded to blocks (within 2.7 ms): its own fades lie inside its times. Without them it begins
 * and ends half a fade outside, so that two layers that meet at a cut crossfade around it.
 * @throws TypeError when its sound does not exist or is a one-shot.
 */
export function placeLayer({ seed, durationSeconds }: Score, layer: Layer): PlacedLayer {
  const sound = soundNamed(layer.recipe);
  if (sound.kind !== 'ambience') {
    throw new TypeError(`A layer needs an ambience, but "${layer.recipe}" is a one-shot.`);
  }
  const hasFades = layer.fadeInSeconds !== undefined || layer.fadeOutSeconds !== undefined;
  const half = hasFades ? 0 : FADE_SECONDS / 2;
  const first = Math.round((Math.max(0, layer.startSeconds - half) * SAMPLE_RATE) / BLOCK_FRAMES);
  const last = Math.ceil((Math.min(durationSeconds, layer.endSeconds + half) * SAMPLE_RATE) / BLOCK_FRAMES);
  const frames = (last - first) * BLOCK_FRAMES;
  const { fadeInSeconds = 0, fadeOutSeconds = 0 } = layer;
  const usual = Math.round(Math.min(FADE_SECONDS * SAMPLE_RATE, Math.max(1, frames * 0.4)));
  const framesOf = (seconds: number) => Math.round(Math.min(seconds * SAMPLE_RATE, Math.max(1, frames)));
  const offset = Math.round(((layer.offsetSeconds ?? 0) * SAMPLE_RATE) / BLOCK_FRAMES);
  const name = `${seed}/layer/${layer.recipe}/${layer.variation ?? layer.startSeconds}`;
  return {
    sound,
    intensity: layer.intensity,
    name,
    startFrame: first * BLOCK_FRAMES,
    endFrame: last * BLOCK_FRAMES,
    offsetFrames: offset * BLOCK_FRAMES,
    fadeInFrames: hasFades ? framesOf(fadeInSeconds) : usual,
    fadeOutFrames: hasFades ? framesOf(fadeOutSeconds) : usual,
    key: JSON.stringify([
      RENDER_VERSION,
      name,
      layer.intensity,
      last - first,
      ...(offset > 0 ? [offset] : []),
    ]),
  };
}

/** The signal of a layer before its fades, level, pan and distance: from the cache, or made by its `SoundDef`. */
export function openLayer(
  { sound, name, intensity, key, offsetFrames }: PlacedLayer,
  cache?: RenderCache,
): Source {
  const read = cache?.read(key);
  if (read) {
    return (left, right) => {
      read(left, right);
      return true;
    };
  }
  const whole = sound.create(random(name), intensity);
  const source = offsetFrames > 0 ? withoutStart(whole, offsetFrames) : whole;
  const write = cache?.write(key);
  if (!write) return source;
  return (left, right, from, to) => {
    const hasMore = source(left, right, from, to);
    write(left, right, false);
    return hasMore;
  };
}
