import type { Score, SoundtrackRequest } from '#lib/job/score.ts';
import { planEffects } from './effects/plan-effects.ts';
import { scenesOf } from './evidence/sight.ts';
import { planMusic } from './music/plan-music.ts';
import { varyScenes } from './vary-scenes.ts';

/**
 * Plans the soundtrack of a request. Equal requests give equal scores, which people may edit before rendering.
 * For a request with an edited score this is that score, fitted to the duration, seed and kind of the request.
 */
export function planScore(request: SoundtrackRequest): Score {
  if (request.score) return fitted(request.score, request);
  const { music, mood } = planMusic(request);
  const score: Score = {
    durationSeconds: request.durationSeconds,
    seed: request.seed,
    mood,
    music: request.kind === 'effects' ? null : music,
    ...planEffects(request),
  };
  return varyScenes(score, scenesOf(request));
}

function fitted(score: Score, { durationSeconds, seed, kind }: SoundtrackRequest): Score {
  return {
    ...score,
    durationSeconds,
    seed,
    music: kind === 'effects' ? null : score.music,
    layers: kind === 'music' ? [] : score.layers,
    events: kind === 'music' ? [] : score.events.filter(({ atSeconds }) => atSeconds < durationSeconds),
  };
}
