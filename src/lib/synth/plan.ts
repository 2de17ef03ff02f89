import type { Score, SoundtrackRequest } from '#lib/job/score.ts';
import { planEffects } from './effects/plan-effects.ts';
import { planMusic } from './music/plan-music.ts';

/** Plans the whole soundtrack of a request. Equal requests give equal scores; people may edit them before rendering. */
export function planScore(request: SoundtrackRequest): Score {
  const { music, mood } = planMusic(request);
  return {
    durationSeconds: request.durationSeconds,
    seed: request.seed,
    mood,
    music: request.kind === 'effects' ? null : music,
    ...planEffects(request),
  };
}
