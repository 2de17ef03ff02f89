import type { Score } from '../../../src/lib/job/score.ts';
import { soundNamed } from '../../../src/lib/synth/effects/sounds.ts';
import { renderEffects } from '../../../src/lib/synth/effects/render-effects.ts';

/** A stereo recording in memory at 48 kHz. */
export interface Recording {
  left: Float32Array;
  right: Float32Array;
}

/** A score with nothing in it. */
export function emptyScore(durationSeconds: number, seed = 1): Score {
  return {
    durationSeconds,
    seed,
    mood: { valence: 0, arousal: 0 },
    music: null,
    layers: [],
    events: [],
    unknownWords: [],
  };
}

/** A score of one sound alone: an ambience for the whole time, a one-shot at `atSeconds`. */
export function soloScore(
  name: string,
  options: {
    seed?: number;
    seconds?: number;
    intensity?: number;
    atSeconds?: number;
    distance?: number;
    pan?: number;
    gainDb?: number;
  } = {},
): Score {
  const sound = soundNamed(name);
  const { seed = 1, intensity = 0.6, atSeconds = 0.3, distance = 0, pan = 0, gainDb = 0 } = options;
  const eventSeconds = sound.kind === 'oneShot' ? sound.seconds : 0;
  const score = emptyScore(
    options.seconds ?? (sound.kind === 'ambience' ? 6 : eventSeconds + atSeconds + 0.8),
    seed,
  );
  const common = { recipe: name, gainDb, pan, intensity, distance, isMuted: false, because: 'test' };
  if (sound.kind === 'ambience') {
    score.layers.push({ ...common, startSeconds: 0, endSeconds: score.durationSeconds });
  } else {
    score.events.push({ ...common, atSeconds, durationSeconds: eventSeconds, panTo: pan, variation: seed });
  }
  return score;
}

/** Everything a score sounds like, in one piece. */
export function renderWhole(score: Score): Recording {
  const chunks = [...renderEffects(score)];
  const frames = chunks.reduce((sum, chunk) => sum + chunk.left.length, 0);
  const recording = { left: new Float32Array(frames), right: new Float32Array(frames) };
  let at = 0;
  for (const chunk of chunks) {
    recording.left.set(chunk.left, at);
    recording.right.set(chunk.right, at);
    at += chunk.left.length;
  }
  return recording;
}

/** One sound alone, as a recording. */
export function renderSolo(name: string, options: Parameters<typeof soloScore>[1] = {}): Recording {
  return renderWhole(soloScore(name, options));
}

/** Both sides summed to mono. */
export function toMono({ left, right }: Recording): Float32Array {
  return left.map((x, i) => (x + right[i]!) / 2);
}
