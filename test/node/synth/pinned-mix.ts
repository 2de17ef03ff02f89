import { createSHA256 } from 'hash-wasm';
import type { Score } from '#lib/job/score.ts';
import { planScore } from '#lib/synth/plan.ts';
import { renderStem } from '#lib/synth/render.ts';

/**
 * SHA-256 of both stems of one score, the same in every JavaScript engine. When the sound is meant to change, increment
 * `RENDER_VERSION` and the version of steps/soundtrack, and write the new digests here.
 */
export const PINNED = {
  version: 2,
  music: '8ee6dd2899ca3f27ab705f85568f3ab764178da7839ef719670093f37c9af534',
  effects: 'd6d363744e56b9aa4cc2ae9b944300ee0495487dc5133011d080746b6dd23395',
};

const score: Score = planScore({
  musicPrompt: 'warm cinematic strings',
  effectsPrompt: 'waves, wind, birds, dog, car, footsteps',
  negativePrompt: '',
  mood: { valence: 0.3, arousal: 0.1 },
  cues: [],
  curve: [],
  cuts: [{ atSeconds: 2.4, weight: 0.9 }],
  durationSeconds: 6,
  seed: 7,
  kind: 'both',
});

/** SHA-256 of every sample of a stem of that score, as 32-bit floats, chunk by chunk left then right. */
export async function digestOfStem(stem: 'music' | 'effects'): Promise<string> {
  const hasher = await createSHA256();
  for (const { left, right } of renderStem(score, stem))
    for (const side of [left, right])
      hasher.update(new Uint8Array(side.buffer, side.byteOffset, side.byteLength));
  return hasher.digest('hex');
}
