import type { Layer, Score } from '#lib/job/score.ts';
import { random } from '../dsp/random.ts';
import { BLOCK_FRAMES, SAMPLE_RATE } from '../dsp/sample-rate.ts';
import { TRACK_VERSION, type TrackShelf } from '../tracks.ts';
import type { Source } from './parts/source.ts';
import type { AmbienceDef } from './sound-def.ts';
import { soundNamed } from './sounds.ts';

const FADE_SECONDS = 0.8;

/** A layer on the grid of blocks, so that what its source says does not depend on when it is heard. */
export interface LayerTrack {
  sound: AmbienceDef;
  intensity: number;
  /** Name of its random stream. */
  name: string;
  startFrame: number;
  endFrame: number;
  fadeFrames: number;
  key: string;
}

/**
 * Where a layer lies: it begins and ends half a fade outside its time, so that two that meet at a cut cross over it,
 * and on the nearest block (2.7 ms).
 * @throws TypeError when its sound does not exist or is a one-shot.
 */
export function layerTrack({ seed, durationSeconds }: Score, layer: Layer): LayerTrack {
  const sound = soundNamed(layer.recipe);
  if (sound.kind !== 'ambience') {
    throw new TypeError(`A layer needs an ambience, but "${layer.recipe}" is a one-shot.`);
  }
  const half = FADE_SECONDS / 2;
  const first = Math.round((Math.max(0, layer.startSeconds - half) * SAMPLE_RATE) / BLOCK_FRAMES);
  const last = Math.ceil((Math.min(durationSeconds, layer.endSeconds + half) * SAMPLE_RATE) / BLOCK_FRAMES);
  const frames = (last - first) * BLOCK_FRAMES;
  const name = `${seed}/layer/${layer.recipe}/${layer.variation ?? layer.startSeconds}`;
  return {
    sound,
    intensity: layer.intensity,
    name,
    startFrame: first * BLOCK_FRAMES,
    endFrame: last * BLOCK_FRAMES,
    fadeFrames: Math.round(Math.min(FADE_SECONDS * SAMPLE_RATE, Math.max(1, frames * 0.4))),
    key: JSON.stringify([TRACK_VERSION, name, layer.intensity, last - first]),
  };
}

/** The sound of a layer before its fades, level and place: made by its `SoundDef`, or read from the shelf. */
export function openLayer({ sound, name, intensity, key }: LayerTrack, shelf?: TrackShelf): Source {
  const read = shelf?.read(key);
  if (read) {
    return (left, right) => {
      read(left, right);
      return true;
    };
  }
  const source = sound.create(random(name), intensity);
  const write = shelf?.write(key);
  if (!write) return source;
  return (left, right, from, to) => {
    const goesOn = source(left, right, from, to);
    write(left, right, false);
    return goesOn;
  };
}
