import type { Score, SoundtrackRequest } from '#lib/job/score.ts';
import { planEffects } from './effects/plan-effects.ts';
import { planMusic } from './music/plan-music.ts';

/**
 * Plans the whole soundtrack of a request. Equal requests give equal scores; people may edit them before rendering.
 * A request that brings an edited score gets it back with its own length, seed and kind.
 */
export function planScore(request: SoundtrackRequest): Score {
  if (request.score) return fitted(request.score, request);
  const { music, mood } = planMusic(request);
  return {
    durationSeconds: request.durationSeconds,
    seed: request.seed,
    mood,
    music: request.kind === 'effects' ? null : music,
    ...planEffects(request),
  };
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
