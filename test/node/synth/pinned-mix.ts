import { createSHA256 } from 'hash-wasm';
import type { Score } from '#lib/job/score.ts';
import { renderStem } from '#lib/synth/render.ts';

/**
 * SHA-256 of both stems of one score, the same in every JavaScript engine. When the sound is meant to change, increment
 * `RENDER_VERSION` and the version of steps/soundtrack, and write the new digests here.
 */
export const PINNED = {
  version: 3,
  music: '2fde42b4258bc7aec5786c8a7498d3bf1b75907c74a9a1d424feac9af5cf937f',
  effects: 'd6d363744e56b9aa4cc2ae9b944300ee0495487dc5133011d080746b6dd23395',
};

/** Written down, so that the digests change only with the sound, not with what the planner makes of a request. */
const score: Score = {
  durationSeconds: 6,
  seed: 7,
  mood: { valence: 0.34, arousal: -0.060000000000000026 },
  music: {
    style: 'cinematic',
    key: 'B',
    mode: 'ionian',
    tempoBpm: 75.02,
    beatsPerBar: 4,
    sections: [
      { name: 'intro', startSeconds: 0, endSeconds: 2.4, intensity: 0.54, tempoBpm: 75, chords: ['Badd9'] },
      {
        name: 'peak',
        startSeconds: 2.4,
        endSeconds: 3.9995734470807784,
        intensity: 0.83,
        tempoBpm: 75.02,
        chords: ['Badd9'],
      },
      {
        name: 'ending',
        startSeconds: 3.9995734470807784,
        endSeconds: 6,
        intensity: 0.54,
        tempoBpm: 89.98080921157845,
        chords: ['Badd9'],
      },
    ],
    parts: [
      { role: 'harmony', instrument: 'felt piano', gainDb: -3, pan: -0.08, isMuted: false, seat: 0 },
      { role: 'pad', instrument: 'strings', gainDb: -6, pan: 0, isMuted: false, seat: 1 },
      { role: 'pad', instrument: 'warm pad', gainDb: -12, pan: 0, isMuted: false, seat: 2 },
      { role: 'pad', instrument: 'choir', gainDb: -13, pan: 0, isMuted: false, seat: 3 },
      { role: 'bass', instrument: 'sub bass', gainDb: -10, pan: 0, isMuted: false, seat: 4 },
      { role: 'melody', instrument: 'piano', gainDb: -4, pan: 0.08, isMuted: false, seat: 5 },
      { role: 'melody', instrument: 'violin', gainDb: -7, pan: -0.25, isMuted: false, seat: 6 },
      { role: 'melody', instrument: 'cello', gainDb: -7, pan: 0.3, isMuted: false, seat: 7 },
      { role: 'rhythm', instrument: 'orchestral drums', gainDb: -10, pan: 0, isMuted: false, seat: 8 },
    ],
    accentsSeconds: [2.4],
  },
  layers: [
    {
      recipe: 'sea',
      because: 'waves',
      startSeconds: 0,
      endSeconds: 6,
      gainDb: 0,
      pan: 0,
      intensity: 0.52,
      distance: 0.05,
      isMuted: false,
      variation: 0,
    },
    {
      recipe: 'wind',
      because: 'wind',
      startSeconds: 0,
      endSeconds: 6,
      gainDb: -3.5,
      pan: 0,
      intensity: 0.52,
      distance: 0.05,
      isMuted: false,
      variation: 0,
    },
    {
      recipe: 'birds',
      because: 'birds',
      startSeconds: 0,
      endSeconds: 6,
      gainDb: -7,
      pan: 0,
      intensity: 0.52,
      distance: 0.05,
      isMuted: false,
      variation: 0,
    },
  ],
  events: [
    {
      recipe: 'car-pass',
      atSeconds: 1.3799621736537664,
      durationSeconds: 6,
      gainDb: -1.1921382653526962,
      pan: -0.85,
      panTo: 0.85,
      distance: 0.25,
      intensity: 0.5158273034729064,
      variation: 0,
      isMuted: false,
      because: 'car',
    },
    {
      recipe: 'dog',
      atSeconds: 2.0903697028756145,
      durationSeconds: 0.9,
      gainDb: -1.37355871591717,
      pan: -0.11557532248552893,
      panTo: -0.11557532248552893,
      distance: 0.25,
      intensity: 0.5949919741600752,
      variation: 0,
      isMuted: false,
      because: 'dog',
    },
  ],
  unknownWords: [],
};

/** SHA-256 of every sample of a stem of that score, as 32-bit floats, chunk by chunk left then right. */
export async function digestOfStem(stem: 'music' | 'effects'): Promise<string> {
  const hasher = await createSHA256();
  for (const { left, right } of renderStem(score, stem))
    for (const side of [left, right])
      hasher.update(new Uint8Array(side.buffer, side.byteOffset, side.byteLength));
  return hasher.digest('hex');
}
